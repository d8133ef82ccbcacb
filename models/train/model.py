"""The architecture: Qwen2-VL in small, the library's own class, so that it exports as it is.

Training goes round the library's code: pictures of a batch have one size, so they attend in one batch instead of
one by one, and many dialogues about a picture share it. `train.test_model` holds that both give the same.
"""

import math

import torch
from torch import nn
from torch.nn import functional as F
from transformers import GenerationConfig, Qwen2VLConfig, Qwen2VLForConditionalGeneration
from transformers.models.qwen2_vl.modeling_qwen2_vl import apply_rotary_pos_emb_vision

from export import tokenizer as tokens
from train.grounding import ground

CONTEXT = 8192
PATCH, MERGED = 12, 24  # pixels on a side: of a patch, and of the four that become one token
SECTIONS = [1, 2, 13]  # pairs of values that turn with time, row and column: fast enough to tell columns apart, most hardly at all
SPOKEN_AFTER = 4  # likewise, of what the next word speaks
ADDED_AFTER = 2  # layers of the language model, after which it is to know which picture a token is of


def build(tokenizer):
    number = tokenizer.convert_tokens_to_ids
    text = dict(
        vocab_size=len(tokenizer),
        hidden_size=192,
        intermediate_size=384,
        num_hidden_layers=5,
        num_attention_heads=6,
        num_key_value_heads=2,
        max_position_embeddings=CONTEXT,
        bos_token_id=tokenizer.pad_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        tie_word_embeddings=False,
        rope_theta=10000.0,
        rope_scaling={"type": "mrope", "mrope_section": SECTIONS},
    )
    vision = dict(
        depth=4,
        embed_dim=128,
        hidden_size=192,
        num_heads=4,
        mlp_ratio=3,
        patch_size=PATCH,
        spatial_merge_size=MERGED // PATCH,
        temporal_patch_size=2,
    )
    config = Qwen2VLConfig(
        text_config=text,
        vision_config=vision,
        image_token_id=number(tokens.IMAGE_PAD),
        video_token_id=number(tokens.VIDEO_PAD),
        vision_start_token_id=number(tokens.VISION_START),
        vision_end_token_id=number(tokens.VISION_END),
    )
    model = Qwen2VLForConditionalGeneration(config).float()
    model.generation_config = GenerationConfig(
        eos_token_id=[tokenizer.eos_token_id, tokenizer.pad_token_id],
        pad_token_id=tokenizer.pad_token_id,
        do_sample=False,
    )
    with torch.no_grad():
        _first_sight(model.model.visual)
        _first_words(model)
    ground(model, tokenizer)
    return model


def _first_sight(visual):
    """Starts the eyes with what any eyes learn first: frequencies of a patch, and its neighbours by heads of their own."""
    kernel = visual.patch_embed.proj.weight
    waves = _waves(PATCH)
    kernel[: len(waves)] = waves[:, :, None] / 2  # a still picture: both moments are the same
    nn.init.normal_(kernel[len(waves) :], std=1 / math.sqrt(kernel[0].numel()))
    straight, slanting = [(0, 1), (0, -1), (1, 0), (-1, 0)], [(1, 1), (1, -1), (-1, 1), (-1, -1)]
    far = [(0, 2), (0, -2), (2, 0), (-2, 0)]
    for block, offsets in zip(visual.blocks, [straight, slanting, far, [None] * 4]):
        width = block.attn.proj.in_features
        block.attn.qkv.bias.zero_()
        for head, offset in enumerate(offsets):
            if offset:
                _look_at(block.attn, head, offset)
        nn.init.normal_(block.attn.qkv.weight[2 * width :], std=1 / math.sqrt(width))
        for last in (block.attn.proj, block.mlp.fc2):
            nn.init.normal_(last.weight, std=0.5 / math.sqrt(last.in_features))
            last.bias.zero_()
        nn.init.normal_(block.mlp.fc1.weight, std=1 / math.sqrt(width))
        block.mlp.fc1.bias.zero_()
    for layer in (visual.merger.mlp[0], visual.merger.mlp[2]):
        nn.init.normal_(layer.weight, std=1 / math.sqrt(layer.in_features))
        layer.bias.zero_()
    visual.merger.mlp[2].weight.mul_(0.2)


def _waves(side):
    """Filters × channels × rows × columns: cosines over a patch, many of brightness and some of colour."""
    line = (torch.arange(side) + 0.5) * math.pi / side
    waves = torch.stack([torch.cos(n * line) for n in range(side)])
    bright, warm, green = (torch.tensor(c) for c in ((0.6, 0.6, 0.6), (0.7, 0.0, -0.7), (0.4, -0.8, 0.4)))
    kinds = [(bright, 9), (warm, 4), (green, 4)]
    return torch.stack(
        [
            channels[:, None, None] * waves[u][:, None] * waves[v][None] * (1 + u + v) / side**2
            for channels, most in kinds
            for u in range(most)
            for v in range(most)
            if u + v < most
        ]
    )


def _look_at(attention, head, offset, near=3.0, far=4.0):
    """Makes a head look at the patch `offset` (rows, columns) away, whatever is there, by its biases alone.

    A pair of values is turned by place × frequency; the product of a turned query and a turned key is a cosine of
    the distance, with its greatest value where the key's own angle wants it.
    """
    width = attention.proj.in_features
    size = width // attention.num_heads
    pairs = size // 2
    bias = attention.qkv.bias
    query, key = bias[head * size :][:size], bias[width + head * size :][:size]
    for axis, distance in enumerate(offset):
        for i, strength in enumerate((near, far)):
            at, frequency = axis * pairs // 2 + i, 10000 ** (-i / (pairs // 2))
            amount = math.sqrt(strength * math.sqrt(size))
            query[at] = amount
            key[at], key[at + pairs] = amount * math.cos(distance * frequency), -amount * math.sin(distance * frequency)


def _first_words(model):
    """Words as loud as what the eyes say."""
    nn.init.normal_(model.model.language_model.embed_tokens.weight, std=0.2)
    for layer in model.model.language_model.layers:
        for part in (layer.self_attn.q_proj, layer.self_attn.k_proj, layer.self_attn.v_proj, layer.mlp.gate_proj, layer.mlp.up_proj):
            nn.init.normal_(part.weight, std=1 / math.sqrt(part.in_features))
        for part in (layer.self_attn.o_proj, layer.mlp.down_proj):
            nn.init.normal_(part.weight, std=0.3 / math.sqrt(part.in_features))


class Trainee(nn.Module):
    """The model, computed for many pictures and dialogues at once."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def look(self, patches, grid):
        """Pictures × tokens × width."""
        visual = self.model.model.visual
        kernel = visual.patch_embed.proj.weight
        x = patches @ kernel.sum(2).flatten(1).T  # a still picture: both moments are the same
        angles = visual.rot_pos_emb(torch.tensor([[1, grid[0] * 2, grid[1] * 2]]))
        angles = torch.cat([angles, angles], -1)
        cosine, sine = angles.cos(), angles.sin()
        for block in visual.blocks:
            x = x + _attend(block.attn, block.norm1(x), cosine, sine)
            x = x + block.mlp(block.norm2(x))
        return visual.merger(x).reshape(len(patches), grid[0] * grid[1], -1)

    def speak(self, batch, seen):
        """Logits and labels, where something is to be said; the values there before the end; those of picture tokens in the middle.

        `seen` is pictures × tokens × width; `batch.shown` tells which of them each row has.
        """
        language = self.model.model.language_model
        x = language.embed_tokens(batch.ids)
        pads = batch.ids == self.model.config.image_token_id
        if seen is not None:
            x = x.masked_scatter(pads[..., None], seen[batch.shown].to(x.dtype))
        cosine, sine = language.rotary_emb(x, batch.positions)
        cosine, sine = _by_section(cosine), _by_section(sine)
        mask = torch.zeros(batch.mask.shape).masked_fill(~batch.mask, float("-inf"))[:, None]
        wanted, added = batch.labels, None
        for number, layer in enumerate(language.layers):
            x = x + _listen(layer.self_attn, layer.input_layernorm(x), cosine, sine, mask)
            x = x + layer.mlp(layer.post_attention_layernorm(x))
            if number + 1 == ADDED_AFTER and seen is not None:
                added = x[pads]
            if number + 1 == SPOKEN_AFTER:
                spoken = x[wanted >= 0]
        return self.model.lm_head(language.norm(x[wanted >= 0])), wanted[wanted >= 0], spoken, added


def _by_section(angles):
    """From time, row and column to one for each pair of values, as `mrope_section` divides them."""
    return torch.cat([part[i % 3] for i, part in enumerate(angles.split(SECTIONS * 2, -1))], -1)[:, None]


def _listen(attention, x, cosine, sine, mask):
    rows, length, _ = x.shape
    size = attention.head_dim
    query, key, value = (p(x).view(rows, length, -1, size).transpose(1, 2) for p in (attention.q_proj, attention.k_proj, attention.v_proj))
    query, key = (t * cosine + torch.cat([-t[..., size // 2 :], t[..., : size // 2]], -1) * sine for t in (query, key))
    key, value = (t.repeat_interleave(query.shape[1] // t.shape[1], 1) for t in (key, value))
    mixed = F.scaled_dot_product_attention(query, key, value, mask)
    return attention.o_proj(mixed.transpose(1, 2).reshape(rows, length, -1))


def _attend(attention, x, cosine, sine):
    pictures, length, _ = x.shape
    query, key, value = attention.qkv(x).reshape(pictures, length, 3, attention.num_heads, -1).unbind(2)
    query, key = apply_rotary_pos_emb_vision(query, key, cosine, sine)
    mixed = F.scaled_dot_product_attention(*(t.transpose(1, 2) for t in (query, key, value)))
    return attention.proj(mixed.transpose(1, 2).reshape(pictures, length, -1))
