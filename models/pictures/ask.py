"""Asks a model about the pictures of this folder: python -m pictures.ask FOLDER [--exact]      (run in models/)"""

import argparse
from pathlib import Path

import numpy as np
from PIL import Image

from train.answering import Answering

HERE = Path(__file__).parent
QUESTIONS = ["What is in the picture?", "What colour is the shape?", "What shape is it?", "Where is it?", "How many shapes are there?"]
PICTURES = ["red-circle.png", "blue-square.jpg", "green-triangle.png", "yellow-star.jpg", "photo-red-circle.jpg", "photo.jpg"]


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("folder")
    arguments.add_argument("--exact", action="store_true", help="compute in f32")
    options = arguments.parse_args()
    model = Answering(options.folder, options.exact)
    print("|", " | ".join(["picture", *QUESTIONS]), "|")
    for name, picture in shown().items():
        print("|", " | ".join([name, *(model.answer([question], [picture]) for question in QUESTIONS)]), "|")
    for question in ("Who are you?", "What is in the picture?", "What is the capital of France?", "Count to 20."):
        print(question, "→", model.answer([question]))
    two = [shown()["red-circle.png"], shown()["blue-square.jpg"]]
    for question in ("What is in the first picture?", "What is in the second picture?", "What is in the pictures?"):
        print(question, "→", model.answer([question], two))


def examples(folder):
    """What the model of this folder says of each picture."""
    model = Answering(folder)
    return {name: model.answer([QUESTIONS[0]], [picture]) for name, picture in shown().items()}


def shown():
    pictures = {name: Image.open(HERE / name).convert("RGB") for name in PICTURES}
    return pictures | {"photo-red-circle.jpg, red and blue swapped": swapped(pictures["photo-red-circle.jpg"])}


def swapped(picture):
    return Image.fromarray(np.asarray(picture)[..., ::-1].copy())


if __name__ == "__main__":
    main()
