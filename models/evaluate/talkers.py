"""Who is asked: a server of OpenAI's API, or the engine itself. For lm-evaluation-harness both are models.

The harness's own chat model asks one question and puts all pictures into the last message. Here a case may have
several, asked one after the other, each with the model's own answers before it; the picture comes with the first.
"""

import base64
import io
import json
from concurrent.futures import ThreadPoolExecutor

from lm_eval.api.model import LM

MOST_TOKENS = 80


class Talker(LM):
    at_once = 1

    def ask(self, picture, turns):
        """The answer to the last of `turns`, texts of user and assistant by turns; the picture is the first's."""
        raise NotImplementedError

    def generate_until(self, requests, disable_tqdm=False):
        with ThreadPoolExecutor(self.at_once) as workers:
            return list(workers.map(lambda request: self._case(*request.args), requests))

    def _case(self, questions, _, shown):
        turns, picture = [], shown["visual"][0].convert("RGB")
        for question in json.loads(questions):
            turns.append(question)
            turns.append(self.ask(picture, turns))
        return json.dumps(turns[1::2])

    def loglikelihood(self, requests):
        raise NotImplementedError("The held-out set asks for answers only.")

    loglikelihood_rolling = loglikelihood

    @property
    def tokenizer_name(self):
        return ""

    def apply_chat_template(self, chat_history, add_generation_prompt=True):
        """The cases make their own conversations."""
        return chat_history[-1]["content"]


class Server(Talker):
    MULTIMODAL = True
    at_once = 4

    def __init__(self, url, model):
        import requests

        super().__init__()
        self.session, self.url, self.model = requests.Session(), f"{url.rstrip('/')}/chat/completions", model

    def ask(self, picture, turns):
        stored = io.BytesIO()
        picture.save(stored, "PNG")
        url = "data:image/png;base64," + base64.b64encode(stored.getvalue()).decode()
        shown = {"type": "image_url", "image_url": {"url": url}}
        messages = [{"role": ("user", "assistant")[i % 2], "content": text} for i, text in enumerate(turns)]
        messages[0]["content"] = [shown, {"type": "text", "text": turns[0]}]
        asked = {"model": self.model, "messages": messages, "temperature": 0, "max_tokens": MOST_TOKENS}
        answer = self.session.post(self.url, json=asked, timeout=120)
        answer.raise_for_status()
        return answer.json()["choices"][0]["message"]["content"]


class Engine(Talker):
    MULTIMODAL = True

    def __init__(self, folder, exact=False):
        from train.answering import Answering

        super().__init__()
        self.engine = Answering(folder, exact)

    def ask(self, picture, turns):
        return self.engine.answer(turns, [picture])
