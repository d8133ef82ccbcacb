"""Byte-level BPE tokenizers trained on a handful of sentences, with Qwen's special tokens and ChatML.

Everything is made here, offline and without chance: the same sentences give the same tokenizer.
"""

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers
from transformers import GemmaTokenizerFast, PreTrainedTokenizerFast, Qwen2TokenizerFast

END_OF_TEXT, TURN, TURN_END = "<|endoftext|>", "<|im_start|>", "<|im_end|>"
VISION_START, VISION_END = "<|vision_start|>", "<|vision_end|>"
IMAGE_PAD, VIDEO_PAD = "<|image_pad|>", "<|video_pad|>"
QWEN_SPECIAL_TOKENS = [END_OF_TEXT, TURN, TURN_END, VISION_START, VISION_END, IMAGE_PAD, VIDEO_PAD]

# Content is a string or a list of parts; one template serves text and pictures.
CHATML = (
    "{%- for message in messages %}"
    "{{- '<|im_start|>' + message['role'] + '\\n' }}"
    "{%- if message['content'] is string %}{{- message['content'] }}"
    "{%- else %}{%- for part in message['content'] %}"
    "{%- if part['type'] == 'image' or part['type'] == 'image_url' %}"
    "{{- '<|vision_start|><|image_pad|><|vision_end|>' }}"
    "{%- elif part['type'] == 'video' %}{{- '<|vision_start|><|video_pad|><|vision_end|>' }}"
    "{%- elif 'text' in part %}{{- part['text'] }}"
    "{%- endif %}{%- endfor %}{%- endif %}"
    "{{- '<|im_end|>\\n' }}"
    "{%- endfor %}"
    "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}"
)

# The same for models that write USER: and ASSISTANT: and an <image> tag.
ROLES_IN_CAPITALS = (
    "{%- for message in messages %}"
    "{%- if message['role'] == 'user' %}{{- 'USER: ' }}"
    "{%- elif message['role'] == 'assistant' %}{{- 'ASSISTANT: ' }}{%- endif %}"
    "{%- if message['content'] is string %}{{- message['content'] }}"
    "{%- else %}{%- for part in message['content'] %}"
    "{%- if part['type'] == 'image' or part['type'] == 'image_url' %}{{- '<image>\\n' }}"
    "{%- elif 'text' in part %}{{- part['text'] }}"
    "{%- endif %}{%- endfor %}{%- endif %}"
    "{%- if message['role'] == 'assistant' %}{{- eos_token }}{%- else %}{{- ' ' }}{%- endif %}"
    "{%- endfor %}"
    "{%- if add_generation_prompt %}{{- 'ASSISTANT:' }}{%- endif %}"
)


IMAGE_START, IMAGE_END, IMAGE_SOFT = "<start_of_image>", "<end_of_image>", "<image_soft_token>"

# Gemma writes its own BOS, and "model" where others write "assistant".
GEMMA_TURNS = (
    "{{- bos_token }}"
    "{%- for message in messages %}"
    "{{- '<start_of_turn>' + ('model' if message['role'] == 'assistant' else message['role']) + '\\n' }}"
    "{%- if message['content'] is string %}{{- message['content'] }}"
    "{%- else %}{%- for part in message['content'] %}"
    "{%- if part['type'] == 'image' or part['type'] == 'image_url' %}{{- '<start_of_image>' }}"
    "{%- elif 'text' in part %}{{- part['text'] }}"
    "{%- endif %}{%- endfor %}{%- endif %}"
    "{{- '<end_of_turn>\\n' }}"
    "{%- endfor %}"
    "{%- if add_generation_prompt %}{{- '<start_of_turn>model\\n' }}{%- endif %}"
)

# Phi writes a turn's end as a token of its own.
PHI_TURNS = (
    "{%- for message in messages %}"
    "{{- '<|' + message['role'] + '|>\\n' }}"
    "{%- if message['content'] is string %}{{- message['content'] }}"
    "{%- else %}{%- for part in message['content'] %}"
    "{%- if 'text' in part %}{{- part['text'] }}{%- endif %}"
    "{%- endfor %}{%- endif %}"
    "{{- '<|end|>\\n' }}"
    "{%- endfor %}"
    "{%- if add_generation_prompt %}{{- '<|assistant|>\\n' }}{%- endif %}"
)


def _byte_pairs(sentences, special_tokens, size):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=special_tokens,
        show_progress=False,
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
    )
    tokenizer.train_from_iterator(sentences, trainer)
    return tokenizer


def qwen(sentences, size=1024, more_special_tokens=(), context=8192):
    """A tokenizer as Qwen's models have it: no BOS, turns end with <|im_end|>."""
    special = QWEN_SPECIAL_TOKENS + list(more_special_tokens)
    bpe = _byte_pairs(sentences, special, size)
    bpe.post_processor = processors.ByteLevel(trim_offsets=False)
    tokenizer = Qwen2TokenizerFast(
        tokenizer_object=bpe,
        eos_token=TURN_END,
        pad_token=END_OF_TEXT,
        additional_special_tokens=special[1:],
        model_max_length=context,
        clean_up_tokenization_spaces=False,
    )
    tokenizer.chat_template = CHATML
    return tokenizer


def llama(sentences, size=1024, more_special_tokens=(), context=8192):
    """A tokenizer as LLaVA's models have it: <s> before the text, </s> after an answer."""
    special = ["<pad>", "<s>", "</s>"] + list(more_special_tokens)
    bpe = _byte_pairs(sentences, special, size)
    bpe.post_processor = processors.TemplateProcessing(
        single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", bpe.token_to_id("<s>"))]
    )
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=bpe,
        bos_token="<s>",
        eos_token="</s>",
        pad_token="<pad>",
        additional_special_tokens=list(more_special_tokens),
        model_max_length=context,
        clean_up_tokenization_spaces=False,
    )
    tokenizer.chat_template = ROLES_IN_CAPITALS
    return tokenizer


def gemma(sentences, size=1024, context=8192):
    """A tokenizer as Gemma 3 has it: <bos> before the text, turns end with <end_of_turn>."""
    tags = ["<start_of_turn>", "<end_of_turn>", IMAGE_START, IMAGE_END, IMAGE_SOFT]
    bpe = _byte_pairs(sentences, ["<pad>", "<eos>", "<bos>", *tags], size)
    bpe.post_processor = processors.TemplateProcessing(
        single="<bos> $A", pair="<bos> $A <bos> $B", special_tokens=[("<bos>", bpe.token_to_id("<bos>"))]
    )
    tokenizer = GemmaTokenizerFast(
        tokenizer_object=bpe,
        bos_token="<bos>",
        eos_token="<eos>",
        pad_token="<pad>",
        additional_special_tokens=tags,
        extra_special_tokens={"image_token": IMAGE_SOFT, "boi_token": IMAGE_START, "eoi_token": IMAGE_END},
        model_max_length=context,
        clean_up_tokenization_spaces=False,
    )
    tokenizer.chat_template = GEMMA_TURNS
    return tokenizer


def phi(sentences, size=1024, context=8192):
    """A tokenizer as Phi 3.5 has it: <s> before the text, turns end with <|end|>."""
    roles = ["<|system|>", "<|user|>", "<|assistant|>"]
    bpe = _byte_pairs(sentences, [END_OF_TEXT, "<s>", "<|end|>", *roles], size)
    bpe.post_processor = processors.TemplateProcessing(
        single="<s> $A", pair="<s> $A <s> $B", special_tokens=[("<s>", bpe.token_to_id("<s>"))]
    )
    tokenizer = PreTrainedTokenizerFast(
        tokenizer_object=bpe,
        bos_token="<s>",
        eos_token="<|end|>",
        pad_token=END_OF_TEXT,
        additional_special_tokens=roles,
        model_max_length=context,
        clean_up_tokenization_spaces=False,
    )
    tokenizer.chat_template = PHI_TURNS
    return tokenizer
