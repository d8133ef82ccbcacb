"""What Python's openvino_genai generates: the reference that the binding is held against.

    reference.py batching|sequential MODEL TOKENS < requests

A request is a line: the user's text, with tags <ov_genai_image_N> and <ov_genai_video_N> in it, then for each picture
a tab and WIDTH,HEIGHT,SEED, and for each video a tab and WIDTH,HEIGHT,SEED,FRAMES,FRAMES_PER_SECOND. For each request a
line of token ids is printed. Greedy, one request at a time, in f32.
"""

import sys
from pathlib import Path

import numpy as np
import openvino as ov
import openvino_genai as genai

EXACT = {"INFERENCE_PRECISION_HINT": "f32", "KV_CACHE_PRECISION": "f32"}


def pixels(width, height, seed):
    y, x, channel = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    return ((x * (3 + channel) + y * 5 + seed * 37) & 255).astype(np.uint8)


def picture(width, height, seed):
    return ov.Tensor(pixels(width, height, seed)[None])


def video(width, height, seed, frames, _):
    return ov.Tensor(np.stack([pixels(width, height, seed + i) for i in range(frames)]))


def shown(_, __, ___, frames, per_second):
    metadata = genai.VideoMetadata()
    metadata.fps = per_second
    metadata.frames_indices = list(range(frames))
    return metadata


def requests():
    """Of each its text, and the arguments that pictures and videos are."""
    for line in sys.stdin:
        text, *visuals = line.rstrip("\n").split("\t")
        numbers = [[int(number) for number in one.split(",")] for one in visuals]
        videos = [one for one in numbers if len(one) == 5]
        visuals = {"images": [picture(*one) for one in numbers if len(one) == 3]}
        if videos:
            visuals["videos"] = [video(*one) for one in videos]
            visuals["videos_metadata"] = [shown(*one) for one in videos]
        yield text, visuals


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
    for number, (text, visuals) in enumerate(requests()):
        config = settings(pipeline.get_config(), count)
        if vision:
            handle = pipeline.add_request(number, text, generation_config=config, **visuals)
        else:
            prompt = tokenizer.apply_chat_template([{"role": "user", "content": text}], True)
            handle = pipeline.add_request(number, tokenizer.encode(prompt, add_special_tokens=False).input_ids, config)
        while pipeline.has_non_finished_requests():
            pipeline.step()
        yield handle.read_all()[0].generated_ids


def sequential(model, vision, count):
    pipeline = (genai.VLMPipeline if vision else genai.LLMPipeline)(model, "CPU", **EXACT)
    for text, visuals in requests():
        config, collector = settings(pipeline.get_generation_config(), count), Collector()
        given = {name: values for name, values in visuals.items() if values}
        pipeline.generate(text, generation_config=config, streamer=collector, **given)
        yield collector.tokens


def main():
    kind, model, count = sys.argv[1:]
    vision = (Path(model) / "openvino_text_embeddings_model.xml").exists()
    for tokens in {"batching": batching, "sequential": sequential}[kind](model, vision, int(count)):
        print(*tokens, flush=True)


if __name__ == "__main__":
    main()
