"""The short ways that training takes give what the library gives: python -m train.test_model"""

import random

import torch
from transformers import Qwen2VLImageProcessor

from train import curriculum, dialogues, encoding, questions, spoken
from train.model import PATCH, Trainee, build
from train.run import tokenizer


def main():
    torch.manual_seed(0)
    encoder = encoding.Encoder(tokenizer())
    trainee = Trainee(build(encoder.tokenizer)).eval()
    model, chance = trainee.model, random.Random(1)
    proportions, grid = curriculum.some_grid(chance)
    scenes = curriculum.some_scenes(chance, 4, 1.0, proportions, grid)
    rows = [dialogues.text_first(chance, i, scene) for i, scene in enumerate(scenes)]
    batch = encoder.batch(rows, grid)

    together = dialogues.many(chance, 0, scenes[0], 5)
    alone = encoder.batch([dialogues.Row([one], [0], together.system) for one in together.dialogues], grid)

    whole = torch.tensor([[1, 2 * grid[0], 2 * grid[1]]])
    for made in (batch, alone):
        theirs, _ = model.model.get_rope_index(made.ids, whole.expand(len(made.ids), -1), None, torch.ones_like(made.ids))
        said = made.ids != encoder.pad
        assert torch.equal(theirs[:, said], made.positions[:, said]), "positions"

    pictures = encoding.pixels(chance, scenes, grid)
    patches = encoding.patches(pictures, grid)
    sizes = dict(min_pixels=1, max_pixels=10**9, patch_size=PATCH, merge_size=2)
    read = Qwen2VLImageProcessor(**sizes)(list(pictures.numpy()), return_tensors="pt")["pixel_values"].float()
    mine = patches.reshape(-1, 3, 1, PATCH**2).expand(-1, -1, 2, -1).flatten(1)  # a still picture: both moments are the same
    assert torch.allclose(read, mine, atol=1e-4), "patches"

    with torch.no_grad():
        seen = trainee.look(patches, grid)
        grids = whole.expand(len(scenes), -1)
        assert torch.allclose(model.model.visual(mine, grids), seen.flatten(0, 1), atol=1e-4), "vision"
        logits = model(input_ids=batch.ids, attention_mask=torch.ones_like(batch.ids), pixel_values=mine, image_grid_thw=grids).logits
        spoken, labels, *_ = trainee.speak(batch, seen)
        assert len(labels) > 10 and torch.allclose(logits[batch.labels >= 0], spoken, atol=1e-3), "language"
        shared, apart = (trainee.speak(b, seen)[0] for b in (encoder.batch([together], grid), alone))
        assert len(alone.ids) > 1 and torch.allclose(shared, apart, atol=1e-3), "dialogues that share a picture"
    print("the short ways give what the library gives")

    for scene in curriculum.imagined_scenes(chance, 200, 1.0, grid):
        for turn in questions.about(chance, scene, 3):
            marked(scene, turn)
    print("marks are at the letters and the things of which is spoken")


def marked(scene, turn):
    of = [dict(zip(spoken.GROUPS, values)) for values in spoken.marks(turn.marked)]
    assert len(of) == len(turn.answer), turn
    read = [letter for letter, values in zip(turn.answer, of) if values["left index"]]
    assert not read or "".join(read) == scene.writing.text, turn
    for order, thing in enumerate(scene.things):
        told = "".join(letter for letter, values in zip(turn.answer, of) if values["order"] == order + 1)
        if told and turn.kind in ("describe", "detail"):
            assert thing.colour in told and thing.shape in told, (turn, told)


if __name__ == "__main__":
    main()
