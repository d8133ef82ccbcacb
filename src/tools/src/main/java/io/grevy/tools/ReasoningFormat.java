package io.grevy.tools;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How a family of models writes its reasoning. */
public enum ReasoningFormat {
    // In the order of detection: the more particular ones first.
    /** Channel {@code analysis} of harmony; read together with the calls. */
    GPT_OSS(
            List.of("gptoss", "openai", "openaigptoss", "harmony"),
            Templates.any("<|channel|>"),
            null,
            List.of("<|return|>", "<|call|>", "<|end|>")),
    /** {@code <|channel>thought…<channel|>}, anywhere, since the markers are special tokens. */
    GEMMA4(
            List.of("gemma4", "gemma"),
            Templates.any("<|channel>"),
            ReasoningTags.GEMMA4,
            List.of("<turn|>", "<eos>", "<|tool_response>")),
    /** {@code <think>…</think>}, the tags being special tokens. */
    MINICPM5(
            List.of("minicpm5", "minicpm"),
            Templates.all("<param name=\"", "<think>"),
            ReasoningTags.THINK,
            List.of("<|im_end|>", "</s>")),
    /** {@code <think>…</think>}, the tags being special tokens. */
    LFM2(
            List.of("lfm2", "lfm25", "lfm"),
            Templates.any("keep_past_thinking", "message.thinking"),
            ReasoningTags.THINK,
            List.of("<|im_end|>", "<|endoftext|>")),
    /** {@code [THINK]…[/THINK]} of Magistral. */
    MISTRAL(List.of("mistral", "magistral"), Templates.any("[THINK]"), ReasoningTags.MISTRAL, List.of("</s>")),
    /** {@code …</think>}: all is reasoning up to the end tag, whether or not it begins with the begin tag. */
    DEEPSEEK_R1(
            List.of("deepseek_r1", "deepseek"),
            Templates.all("<｜Assistant｜>", "</think>")
                    .and(Templates.any("if thinking", "not thinking").negate()),
            ReasoningTags.THINK,
            List.of()),
    /** {@code <think>…</think>} where the answer begins; some templates end the prompt with the begin tag. */
    QWEN3(
            List.of("qwen3", "qwen35", "deepseekv3", "think"),
            Templates.any("<think>", "</think>"),
            ReasoningTags.THINK,
            List.of());

    private final List<String> names;
    private final Predicate<String> detection;
    private final @Nullable ReasoningTags tags;
    private final List<String> endTokens;

    ReasoningFormat(
            List<String> names, Predicate<String> detection, @Nullable ReasoningTags tags, List<String> endTokens) {
        this.names = names;
        this.detection = detection;
        this.tags = tags;
        this.endTokens = endTokens;
    }

    /** The format of the reasoning in a model's chat template, if it has any that is known. */
    public static Optional<ReasoningFormat> detect(String chatTemplate) {
        return Arrays.stream(values())
                .filter(format -> format.detection.test(chatTemplate))
                .findFirst();
    }

    /**
     * Case and separators do not matter, and neither do the usual other names.
     *
     * @throws UnknownFormatException if no format is called so; its message lists those there are
     */
    public static ReasoningFormat named(String name) {
        return Arrays.stream(values())
                .filter(format -> FormatNames.matches(name, format.names))
                .findFirst()
                .orElseThrow(() -> FormatNames.unknown(
                        "reasoning parser",
                        name,
                        Arrays.stream(values()).map(ReasoningFormat::parserName).toList()));
    }

    /** The value of {@code --reasoning_parser} which means this format. */
    public String parserName() {
        return names.get(0);
    }

    /** Whether the engine has to keep special tokens in the text. */
    public boolean needsSpecialTokens() {
        return !endTokens.isEmpty();
    }

    /**
     * Whether an answer begins within reasoning.
     *
     * @param prompt the prompt as the chat template rendered it
     */
    public boolean beginsInside(String prompt) {
        return this == DEEPSEEK_R1 || (tags != null && prompt.stripTrailing().endsWith(tags.open()));
    }

    Optional<ReasoningTags> tags() {
        return Optional.ofNullable(tags);
    }

    List<String> endTokens() {
        return endTokens;
    }
}
