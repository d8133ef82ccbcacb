"""What Python's openvino_genai generates: the reference that the binding is held against.

    reference.py batching|sequential MODEL TOKENS < requests

A request is a line: the user's text, with tags <ov_genai_image_N> in it, then for each picture a tab and
WIDTH,HEIGHT,SEED. For each request a line of token ids is printed. Greedy, one request at a time, in f32.
"""

import sys
from pathlib import Path

import numpy as np
import openvino as ov
import openvino_genai as genai

EXACT = {"INFERENCE_PRECISION_HINT": "f32", "KV_CACHE_PRECISION": "f32"}


def picture(width, height, seed):
    y, x, channel = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    return ov.Tensor(((x * (3 + channel) + y * 5 + seed * 37) & 255).astype(np.uint8)[None])


def requests():
    for line in sys.stdin:
        text, *pictures = line.rstrip("\n").split("\t")
        yield text, [picture(*map(int, one.split(","))) for one in pictures]


def settings(config, tokens):
    config.max_new_tokens = tokens
    config.ignore_eos = True
    config.do_sample = False
    return config


class Collector(genai.StreamerBase):
    def __init__(self):
        super().__init__()
        self.tokens = []

    def write(self, tokens):
        self.tokens += [tokens] if isinstance(tokens, int) else tokens
        return genai.StreamingStatus.RUNNING

    def end(self):
        pass


def batching(model, vision, count):
    pipeline = genai.ContinuousBatchingPipeline(model, genai.SchedulerConfig(), "CPU", EXACT)
    tokenizer = pipeline.get_tokenizer()
    for number, (text, pictures) in enumerate(requests()):
        config = settings(pipeline.get_config(), count)
        if vision:
            handle = pipeline.add_request(number, text, pictures, config)
        else:
            prompt = tokenizer.apply_chat_template([{"role": "user", "content": text}], True)
            handle = pipeline.add_request(number, tokenizer.encode(prompt, add_special_tokens=False).input_ids, config)
        while pipeline.has_non_finished_requests():
            pipeline.step()
        yield handle.read_all()[0].generated_ids


def sequential(model, vision, count):
    pipeline = (genai.VLMPipeline if vision else genai.LLMPipeline)(model, "CPU", **EXACT)
    for text, pictures in requests():
        config, collector = settings(pipeline.get_generation_config(), count), Collector()
        extra = {"images": pictures} if pictures else {}
        pipeline.generate(text, generation_config=config, streamer=collector, **extra)
        yield collector.tokens


def main():
    kind, model, count = sys.argv[1:]
    vision = (Path(model) / "openvino_text_embeddings_model.xml").exists()
    for tokens in {"batching": batching, "sequential": sequential}[kind](model, vision, int(count)):
        print(*tokens, flush=True)


if __name__ == "__main__":
    main()
