"""The short ways that training takes give what the library gives: python -m train.test_model"""

import random

import torch
from transformers import Qwen2VLImageProcessor

from train import curriculum, encoding
from train.model import Trainee, build
from train.run import tokenizer


def main():
    torch.manual_seed(0)
    encoder = encoding.Encoder(tokenizer())
    trainee = Trainee(build(encoder.tokenizer)).eval()
    model, chance = trainee.model, random.Random(1)
    scenes = [curriculum.a_scene(chance, curriculum.STAGES[-1], (4, 3), (4, 5)) for _ in range(4)]
    dialogues = [curriculum.two_pictures(chance, scenes[:2]), *(curriculum.one_picture(chance, s) for s in scenes[2:])]
    batch = encoder.batch(chance, dialogues, (4, 5))

    grids = torch.tensor([[1, 8, 10]] * 4)
    attention = torch.ones_like(batch.ids)
    theirs, _ = model.model.get_rope_index(batch.ids, grids, None, attention)
    assert torch.equal(theirs, batch.positions), "positions"

    picture = encoding.pixels(chance, scenes[:1], (4, 5))
    processor = Qwen2VLImageProcessor(min_pixels=1, max_pixels=10**9)
    read = processor(picture[0].numpy(), return_tensors="pt")["pixel_values"].float()
    mine = encoding.patches(picture, (4, 5))[0]
    assert torch.allclose(read.reshape(len(mine), 3, 2, -1)[:, :, 0].flatten(1), mine, atol=1e-4), "patches"

    with torch.no_grad():
        seen = trainee.look(batch.patches, (4, 5))
        both = batch.patches.reshape(-1, 3, 1, 196).expand(-1, -1, 2, -1).flatten(1)
        assert torch.allclose(model.model.visual(both, grids), seen.flatten(0, 1), atol=1e-4), "vision"
        logits = model(input_ids=batch.ids, attention_mask=attention, pixel_values=both, image_grid_thw=grids).logits
        mine, labels = trainee.speak(batch, seen)
        assert torch.allclose(logits[:, :-1][batch.labels[:, 1:] >= 0], mine, atol=1e-3), "language"
    print("ok:", encoder.tokenizer.decode(batch.ids[0].tolist()).replace("<|image_pad|>" * 20, "[20]"))


if __name__ == "__main__":
    main()
