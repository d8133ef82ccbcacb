"""Makes a model of Qwen2-VL-2B's sizes with random weights: the language model in int4, what sees in int8.

    python -m realistic.make --out FOLDER

The shapes are those of Qwen2-VL-2B-Instruct's config.json. About 11 minutes on two cores, 16 GiB of memory at the
peak; the checkpoint takes 4.4 GB, the model 1.8 GB. Its answers mean nothing, its work is that of a real one's.
"""

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import (
    GenerationConfig,
    Qwen2TokenizerFast,
    Qwen2VLConfig,
    Qwen2VLForConditionalGeneration,
    Qwen2VLImageProcessor,
    Qwen2VLProcessor,
    Qwen2VLVideoProcessor,
)

from export import ir
from export import tokenizer as tokenizers
from fixtures.parts import sentences

NAME = "qwen2-vl-2b-random"
VOCABULARY = 151936
CONTEXT = 32768
PATCH = 28 * 28


def vocabulary_filled(small):
    """The tokenizer with as many tokens as a real one's: those added can be decoded, and no text is made of them."""
    document = json.loads(small.backend_tokenizer.to_str())
    known = document["model"]["vocab"]
    for number in range(len(small), VOCABULARY):
        known[f"w{number}"] = number
    filled = Qwen2TokenizerFast(
        tokenizer_object=Tokenizer.from_str(json.dumps(document)),
        eos_token=tokenizers.TURN_END,
        pad_token=tokenizers.END_OF_TEXT,
        additional_special_tokens=tokenizers.QWEN_SPECIAL_TOKENS[1:],
        model_max_length=CONTEXT,
        clean_up_tokenization_spaces=False,
    )
    filled.chat_template = tokenizers.CHATML
    return filled


def configuration(tokenizer, layers):
    number = tokenizer.convert_tokens_to_ids
    return Qwen2VLConfig(
        text_config=dict(
            vocab_size=VOCABULARY,
            hidden_size=1536,
            intermediate_size=8960,
            num_hidden_layers=layers,
            num_attention_heads=12,
            num_key_value_heads=2,
            max_position_embeddings=CONTEXT,
            rope_theta=1e6,
            rope_scaling={"type": "mrope", "mrope_section": [16, 24, 24]},
            bos_token_id=number(tokenizers.END_OF_TEXT),
            eos_token_id=number(tokenizers.TURN_END),
            pad_token_id=number(tokenizers.END_OF_TEXT),
            tie_word_embeddings=True,
        ),
        vision_config=dict(
            depth=32,
            embed_dim=1280,
            hidden_size=1536,
            num_heads=16,
            mlp_ratio=4,
            patch_size=14,
            spatial_merge_size=2,
            temporal_patch_size=2,
        ),
        tie_word_embeddings=True,
        image_token_id=number(tokenizers.IMAGE_PAD),
        video_token_id=number(tokenizers.VIDEO_PAD),
        vision_start_token_id=number(tokenizers.VISION_START),
        vision_end_token_id=number(tokenizers.VISION_END),
    )


def checkpoint(folder, layers):
    tokenizer = vocabulary_filled(tokenizers.qwen(sentences(), context=CONTEXT))
    torch.manual_seed(0)
    torch.set_default_dtype(torch.bfloat16)
    model = Qwen2VLForConditionalGeneration(configuration(tokenizer, layers)).eval()
    ends = [tokenizer.eos_token_id, tokenizer.pad_token_id]
    model.generation_config = GenerationConfig(eos_token_id=ends, pad_token_id=tokenizer.pad_token_id, do_sample=False)
    model.save_pretrained(folder)
    Qwen2VLProcessor(
        image_processor=Qwen2VLImageProcessor(min_pixels=PATCH * 4, max_pixels=PATCH * 1280),
        tokenizer=tokenizer,
        video_processor=Qwen2VLVideoProcessor(),
        chat_template=tokenizer.chat_template,
    ).save_pretrained(folder)
    return sum(weight.numel() for weight in model.parameters())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=28)
    options = parser.parse_args()
    weights, target = options.out / f"{NAME}-torch", options.out / NAME
    shutil.rmtree(weights, ignore_errors=True)
    weights.mkdir(parents=True)
    # In a process of its own, so that its memory is free when the export begins.
    here = [sys.executable, "-c", "import sys; from realistic.make import checkpoint; from pathlib import Path;"
            "print(f'{checkpoint(Path(sys.argv[1]), int(sys.argv[2])) / 1e9:.2f} billion weights')"]
    subprocess.run([*here, str(weights), str(options.layers)], check=True)
    ir.export(weights, target, "image-text-to-text", "int4")
    print(f"made {target}, and its torch weights in {weights}")


if __name__ == "__main__":
    main()
