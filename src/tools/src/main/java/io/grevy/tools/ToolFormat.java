package io.grevy.tools;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How a family of models writes calls; each constant's reader says what that looks like.
 *
 * <p>Where a format's markers are special tokens, the engine has to keep such tokens in the text; the end token which it
 * then leaves at the end is removed here.
 */
public enum ToolFormat {
    // In the order of detection: the more particular ones first.
    GPT_OSS(
            List.of("gptoss", "openai", "harmony"),
            Templates.any("<|channel|>"),
            tools -> List.of(),
            new HarmonyStructure(),
            List.of("<|return|>", "<|call|>", "<|end|>")),
    GEMMA4(
            List.of("gemma4", "gemma"),
            Templates.any("<|tool_call>"),
            tools -> Gemma4Reader.openings(),
            new Gemma4Structure(),
            List.of("<turn|>", "<eos>", "<|tool_response>")),
    QWEN3_CODER(
            List.of("qwen3coder", "qwen3xml", "qwen35"),
            Templates.all("<function=", "<parameter="),
            TaggedReader::qwenOpenings,
            new QwenCoderStructure(),
            List.of()),
    MINICPM5(
            List.of("minicpm5", "minicpm", "minicpm5xml"),
            Templates.any("<param name=\""),
            TaggedReader::miniCpmOpenings,
            new MiniCpmStructure(),
            List.of("<|im_end|>", "</s>")),
    LFM2(
            List.of("lfm2", "lfm25", "lfm"),
            Templates.any("<|tool_call_start|>", "<|tool_list_start|>", "keep_past_thinking"),
            tools -> PythonListReader.lfmOpenings(),
            new LfmStructure(),
            List.of("<|im_end|>", "<|endoftext|>")),
    PHI4(
            List.of("phi4", "phi4mini", "phi4minijson"),
            Templates.any("functools", "<|tool_call|>"),
            tools -> JsonListReader.phiOpenings(),
            new JsonListStructure("functools"),
            List.of("<|end|>", "<|endoftext|>", "<|im_end|>")),
    DEVSTRAL(
            List.of("devstral"),
            Templates.all("[TOOL_CALLS]", "[ARGS]"),
            tools -> MistralReader.openings(),
            new DevstralStructure(),
            List.of("</s>")),
    MISTRAL(
            List.of("mistral", "pixtral"),
            Templates.any("[TOOL_CALLS]", "[AVAILABLE_TOOLS]"),
            tools -> MistralReader.openings(),
            new JsonListStructure("[TOOL_CALLS]"),
            List.of("</s>")),
    LLAMA3(
            List.of("llama3", "llama", "llama3json", "llama31", "llama32", "llama33"),
            Templates.any("<|python_tag|>", "{\"name\": function name, \"parameters\":"),
            tools -> LlamaReader.openings(),
            new LlamaStructure(),
            List.of("<|eot_id|>", "<|eom_id|>", "<|end_of_text|>")),
    HERMES3(
            List.of("hermes3", "hermes", "hermes2pro", "qwen25", "qwen3"),
            Templates.any("<tool_call>"),
            tools -> HermesReader.openings(),
            new HermesStructure(),
            List.of()),
    GEMMA3(
            List.of("gemma3", "pythonic"),
            Templates.all("<start_of_turn>").and(Templates.any("tool_code", "tool_call", "func_name1(")),
            tools -> PythonListReader.gemmaOpenings(),
            new Gemma3Structure(),
            List.of());

    private final List<String> names;
    private final Predicate<String> detection;
    private final Function<List<Tool>, List<Opening>> openings;
    private final CallStructure structure;
    private final List<String> endTokens;

    ToolFormat(
            List<String> names,
            Predicate<String> detection,
            Function<List<Tool>, List<Opening>> openings,
            CallStructure structure,
            List<String> endTokens) {
        this.names = names;
        this.detection = detection;
        this.openings = openings;
        this.structure = structure;
        this.endTokens = endTokens;
    }

    /** The format of the calls in a model's chat template, if it has any that is known. */
    public static Optional<ToolFormat> detect(String chatTemplate) {
        return Arrays.stream(values())
                .filter(format -> format.detection.test(chatTemplate))
                .findFirst();
    }

    /**
     * Case and separators do not matter, and neither do the usual other names.
     *
     * @throws UnknownFormatException if no format is called so; its message lists those there are
     */
    public static ToolFormat named(String name) {
        return Arrays.stream(values())
                .filter(format -> FormatNames.matches(name, format.names))
                .findFirst()
                .orElseThrow(() -> FormatNames.unknown(
                        "tool parser",
                        name,
                        Arrays.stream(values()).map(ToolFormat::parserName).toList()));
    }

    /** The value of {@code --tool_parser} which means this format. */
    public String parserName() {
        return names.get(0);
    }

    /** Whether the engine has to keep special tokens in the text. */
    public boolean needsSpecialTokens() {
        return !endTokens.isEmpty();
    }

    /**
     * What forces calls into this format and their arguments into the tools' schemas.
     *
     * @param tools at least one, and the named one among them
     * @param parallel whether there may be more than one call
     */
    StructuralTag structure(List<Tool> tools, ToolChoice choice, boolean parallel) {
        if (choice instanceof ToolChoice.Named named) {
            List<Tool> one = tools.stream()
                    .filter(tool -> tool.name().equals(named.name()))
                    .toList();
            return structure.of(one, true, true);
        }
        return structure.of(tools, choice instanceof ToolChoice.Required, !parallel);
    }

    List<Opening> openings(List<Tool> tools) {
        return openings.apply(tools);
    }

    List<String> endTokens() {
        return endTokens;
    }
}
