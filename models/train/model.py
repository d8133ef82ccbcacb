"""The architecture: Qwen2-VL in small, the library's own class, so that it exports as it is.

Training goes round the library's vision code: pictures of a batch have one size, so they attend in one batch
instead of one by one. `train.test_model` holds that both give the same.
"""

import torch
from torch import nn
from torch.nn import functional as F
from transformers import GenerationConfig, Qwen2VLConfig, Qwen2VLForConditionalGeneration
from transformers.models.qwen2_vl.modeling_qwen2_vl import apply_rotary_pos_emb_vision

from export import tokenizer as tokens
from train.world import COLOURS, MORE_SHAPES, SHAPES

CONTEXT = 8192


def build(tokenizer):
    number = tokenizer.convert_tokens_to_ids
    text = dict(
        vocab_size=len(tokenizer),
        hidden_size=192,
        intermediate_size=448,
        num_hidden_layers=3,
        num_attention_heads=3,
        num_key_value_heads=1,
        max_position_embeddings=CONTEXT,
        bos_token_id=tokenizer.pad_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        tie_word_embeddings=False,
        rope_theta=10000.0,
        rope_scaling={"type": "mrope", "mrope_section": [8, 12, 12]},
    )
    vision = dict(
        depth=4,
        embed_dim=128,
        hidden_size=192,
        num_heads=4,
        mlp_ratio=4,
        patch_size=14,
        spatial_merge_size=2,
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
    return model


class Trainee(nn.Module):
    """The model, and three heads that only training needs: of which shape, colour and place a picture token is."""

    def __init__(self, model):
        super().__init__()
        self.model = model
        width = model.config.text_config.hidden_size
        self.shape = nn.Linear(width, 1 + len(SHAPES + MORE_SHAPES))
        self.colour = nn.Linear(width, 1 + len(COLOURS))
        self.place = nn.Linear(width, 1 + 9)

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

    def coverage_loss(self, seen, covered):
        heads = (self.shape, self.colour, self.place)
        return sum(F.cross_entropy(h(seen).flatten(0, 1), covered[..., i].flatten()) for i, h in enumerate(heads))

    def speak(self, batch, seen):
        """Logits and labels, at the places where something is to be said, dialogue after dialogue.

        Dialogues come sorted by length: read in four groups, each cut to its own, they need less padding.
        """
        inner = self.model.model
        embeddings = inner.get_input_embeddings()(batch.ids)
        if seen is not None:
            where = (batch.ids == self.model.config.image_token_id)[..., None]
            embeddings = embeddings.masked_scatter(where, seen.to(embeddings.dtype))
        logits, labels = [], []
        group = -(-len(batch.ids) // 4)
        for start in range(0, len(batch.ids), group):
            rows = slice(start, start + group)
            length = max(batch.lengths[rows])
            hidden = inner.language_model(
                inputs_embeds=embeddings[rows, :length],
                position_ids=batch.positions[:, rows, :length],
                attention_mask=None,
                use_cache=False,
            ).last_hidden_state
            wanted = batch.labels[rows, 1:length]
            logits.append(self.model.lm_head(hidden[:, :-1][wanted >= 0]))
            labels.append(wanted[wanted >= 0])
        return torch.cat(logits), torch.cat(labels)


def _attend(attention, x, cosine, sine):
    pictures, length, _ = x.shape
    query, key, value = attention.qkv(x).reshape(pictures, length, 3, attention.num_heads, -1).unbind(2)
    query, key = apply_rotary_pos_emb_vision(query, key, cosine, sine)
    mixed = F.scaled_dot_product_attention(*(t.transpose(1, 2) for t in (query, key, value)))
    return attention.proj(mixed.transpose(1, 2).reshape(pictures, length, -1))
