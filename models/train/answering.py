"""An exported model, asked through openvino_genai.

    python -m train.answering FOLDER PICTURE QUESTION      (run in models/)
"""

import argparse

import numpy
import openvino
import openvino_genai
from PIL import Image

MOST_TOKENS = 80
EXACT = {"INFERENCE_PRECISION_HINT": "f32", "KV_CACHE_PRECISION": "f32"}


class Answering:
    """Greedy, by continuous batching, as a server does it; one question at a time."""

    def __init__(self, folder, exact=False):
        scheduler = openvino_genai.SchedulerConfig()
        scheduler.cache_size = 1
        self.pipeline = openvino_genai.VLMPipeline(str(folder), "CPU", scheduler_config=scheduler, **(EXACT if exact else {}))
        self.tokenizer = self.pipeline.get_tokenizer()
        self.config = openvino_genai.GenerationConfig(max_new_tokens=MOST_TOKENS, do_sample=False, apply_chat_template=False)
        self.config.set_eos_token_id(self.tokenizer.get_eos_token_id())

    def answer(self, turns, pictures=()):
        """The answer to the last of `turns`, texts of user and assistant by turns; the pictures come with the first."""
        messages = [{"role": ("user", "assistant")[i % 2], "content": text} for i, text in enumerate(turns)]
        messages[0]["content"] = "".join(f"<ov_genai_image_{i}>" for i in range(len(pictures))) + turns[0]
        prompt = self.tokenizer.apply_chat_template(messages, add_generation_prompt=True)
        images = [openvino.Tensor(numpy.asarray(picture.convert("RGB"))[None]) for picture in pictures]
        return self.pipeline.generate(prompt, images=images, generation_config=self.config).texts[0]


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder")
    arguments.add_argument("picture")
    arguments.add_argument("question")
    options = arguments.parse_args()
    print("answer:", Answering(options.folder).answer([options.question], [Image.open(options.picture)]))


if __name__ == "__main__":
    main()
