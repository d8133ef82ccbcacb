"""Asks an exported model about new pictures, through continuous batching, and counts what is exactly right.

    python -m train.evaluate FOLDER [--number 100] [--exact]      (run in models/)
"""

import argparse
import random
from collections import defaultdict

import numpy as np
import openvino as ov
import openvino_genai as genai

from train import questions
from train.drawing import some_scene

SIZES = [(112, 112), (224, 224), (448, 448), (640, 480), (1280, 960)]
GROUNDS = ["plain", "gradient", "noise", "photo", "chelsea.png"]  # the last was in no training picture
EXACT = {"INFERENCE_PRECISION_HINT": "f32", "KV_CACHE_PRECISION": "f32"}


class Model:
    def __init__(self, folder, exact):
        scheduler = genai.SchedulerConfig()
        scheduler.cache_size = 1
        self.pipeline = genai.ContinuousBatchingPipeline(str(folder), scheduler, "CPU", EXACT if exact else {})
        self.tokenizer = self.pipeline.get_tokenizer()
        self.config = genai.GenerationConfig(max_new_tokens=80, do_sample=False)
        self.config.set_eos_token_id(self.tokenizer.get_eos_token_id())

    def answers(self, asked):
        """Answers to (question, pictures) pairs, all in one batch."""
        handles = [
            self.pipeline.add_request(i, question, images=[tensor(p) for p in pictures], generation_config=self.config)
            for i, (question, pictures) in enumerate(asked)
        ]
        while self.pipeline.has_non_finished_requests():
            self.pipeline.step()
        return [self.tokenizer.decode(list(h.read_all()[0].generated_ids), skip_special_tokens=True) for h in handles]


def tensor(picture):
    return ov.Tensor(np.asarray(picture)[None])


def one_thing(number, size, ground):
    """For each of `number` pictures the kinds that matter most, each asked by itself."""
    chance = random.Random(f"one thing {size} {ground}")
    for _ in range(number):
        scene = some_scene(chance, size, 1, ground)
        if scene.things:
            thing = scene.things[0]
            for maker in (questions.ask_describe, questions.ask_colour, questions.ask_shape, questions.ask_where):
                yield maker(chance, [thing], thing)[0], [scene.picture]


def other_pictures(number, count):
    chance = random.Random(f"{count} things")
    for _ in range(number):
        scene = some_scene(chance, chance.choice(SIZES[:4]), count, chance.choice(GROUNDS))
        yield questions.about(chance, scene.things, 1)[0], [scene.picture]


def talk(number):
    chance = random.Random("talk")
    for _ in range(number):
        yield questions.without_picture(chance), []


def score(model, cases, wrong, label):
    cases, right = list(cases), defaultdict(list)
    for start in range(0, len(cases), 64):
        part = cases[start : start + 64]
        for (turn, _), answer in zip(part, model.answers([(turn.question, pictures) for turn, pictures in part])):
            right[turn.kind].append(answer == turn.answer)
            if answer != turn.answer:
                wrong.append((label, turn.question, turn.answer, answer))
    return right


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder")
    arguments.add_argument("--number", type=int, default=100, help="pictures of each size, and of each other kind")
    arguments.add_argument("--exact", action="store_true", help="compute in f32")
    arguments.add_argument("--wrong", type=int, default=20, help="how many wrong answers to show")
    options = arguments.parse_args()
    model, wrong = Model(options.folder, options.exact), []
    by_size, by_ground = defaultdict(lambda: defaultdict(list)), defaultdict(lambda: defaultdict(list))
    for size in SIZES:
        for ground in GROUNDS:
            cases = one_thing(options.number // len(GROUNDS), size, ground)
            for kind, oks in score(model, cases, wrong, f"{size} {ground}").items():
                by_size[size][kind] += oks
                by_ground[ground][kind] += oks
    for label, right in [*by_size.items(), *by_ground.items()]:
        show(f"one thing, {label}", right)
    show("one thing, all", {k: sum((r[k] for r in by_size.values()), []) for k in by_size[SIZES[0]]})
    for count in (0, 1, 2):
        show(f"{count} things", score(model, other_pictures(options.number, count), wrong, count))
    show("no picture", score(model, talk(options.number), wrong, "talk"))
    for case in random.Random(0).sample(wrong, min(options.wrong, len(wrong))):
        print("wrong:", *case, sep=" | ")


def show(label, right):
    print(f"{label}:", ", ".join(f"{kind} {sum(oks)}/{len(oks)}" for kind, oks in sorted(right.items())), flush=True)


if __name__ == "__main__":
    main()
