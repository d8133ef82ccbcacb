"""The ceiling: Python's openvino_genai in a process of its own, asked without HTTP. Nothing but the engine runs there.

    python -m harness.ceiling MODEL SETTINGS

Loads the model, prints a line, then takes a job a line (JSON) and prints its measurement. It adds requests and steps
by the same rule as Grevy's loop: what has come is added, for 0.2 s at most while others run, then one step is made.
"""

import json
import sys
import time
from collections import deque

LONGEST_ADDING_SECONDS = 0.2
READY = {"ready": True}


def open_pipeline(model, settings):
    import openvino_genai as genai

    scheduler = genai.SchedulerConfig()
    for name, value in settings["scheduler"].items():
        setattr(scheduler, name, value)
    return genai.ContinuousBatchingPipeline(model, scheduler, "CPU", settings["properties"])


def pixels(path):
    """The picture as a tensor; decoding is a part of the work, as it is for a server."""
    import numpy as np
    import openvino as ov
    from PIL import Image

    with Image.open(path) as picture:
        return ov.Tensor(np.asarray(picture.convert("RGB"))[None])


class Running:
    """A request under way. Its time begins when there was room for it, as a client's does."""

    def __init__(self, handle, begun):
        self.handle = handle
        self.begun = begun
        self.last = begun
        self.times = []
        self.tokens = 0
        self.over = False

    def read(self, now):
        while self.handle.can_read():
            for output in self.handle.read().values():
                self.tokens += len(output.generated_ids)
                self.over |= output.finish_reason.name != "NONE"
            self.times.append(now - self.last)
            self.last = now
        return self.over


def measure(pipeline, job):
    import openvino_genai as genai

    config = genai.GenerationConfig()
    config.max_new_tokens = job["tokens"]
    config.ignore_eos = True
    config.do_sample = False
    config.apply_chat_template = True
    waiting = deque(job["items"])
    running, done = [], []
    begun = time.perf_counter()
    room = [begun] * min(job["concurrency"], len(waiting))
    cpu = time.process_time()
    while waiting or running:
        adding = time.perf_counter()
        while waiting and room and (not running or time.perf_counter() - adding < LONGEST_ADDING_SECONDS):
            running.append(_add(pipeline, len(done) + len(running), waiting.popleft(), config, room.pop(0)))
        pipeline.step()
        now = time.perf_counter()
        ended = [request for request in running if request.read(now)]
        running = [request for request in running if not request.over]
        done += ended
        room += [now] * len(ended)
    return {
        "seconds": time.perf_counter() - begun,
        "cpu_seconds": time.process_time() - cpu,
        "tokens": sum(request.tokens for request in done),
        "first": [request.times[0] for request in done],
        "between": [gap for request in done for gap in request.times[1:]],
        "failed": sum(request.tokens < job["tokens"] for request in done),
    }


def _add(pipeline, number, item, config, begun):
    pictures = [pixels(item["picture"])] if item["picture"] else []
    # Where vLLM's client puts the picture: after the question.
    tag = "<ov_genai_image_0>" if pictures else ""
    return Running(pipeline.add_request(number, item["question"] + tag, images=pictures, generation_config=config), begun)


def main():
    model, settings = sys.argv[1], json.loads(sys.argv[2])
    pipeline = open_pipeline(model, settings)
    print(json.dumps(READY), flush=True)
    for line in sys.stdin:
        print(json.dumps(measure(pipeline, json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
