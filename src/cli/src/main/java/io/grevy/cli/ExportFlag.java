package io.grevy.cli;

import java.util.Locale;

/** The flags of {@code grevy export text_generation}: those of OVMS's export_model.py, and Grevy's own. */
// What is allowed holds no state, but a function cannot be marked as such.
@SuppressWarnings("ImmutableEnumChecker")
enum ExportFlag {
    SOURCE_MODEL("", Allowed.any("MODEL"), "folder of a model, or its name on the hub; needed"),
    MODEL_NAME("source_model; of a folder its last part", Allowed.any("NAME"), "name of the model in requests"),
    MODEL_REPOSITORY_PATH("models", Allowed.any("FOLDER"), "folder of folders; the model is made at its name in it"),
    CONFIG_FILE_PATH("config.json", Allowed.any("FILE"), "file that is to name the model; made where there is none"),
    OVERWRITE_MODELS("false", Allowed.flag(), "replace what is there already, once the new one is whole"),
    TRUST_REMOTE_CODE("false", Allowed.flag(), "let code that comes with the model run on this machine"),

    WEIGHT_FORMAT(
            "int8; on NPU int4",
            Allowed.oneOf("fp32", "fp16", "int8", "int4", "mxfp4", "nf4", "cb4"),
            "how the weights are stored"),
    EXTRA_QUANTIZATION_PARAMS(
            "on NPU --sym --ratio 1.0 --group-size -1",
            Allowed.any("ARGUMENTS"),
            "more arguments for optimum-cli export openvino, in quotes"),

    PIPELINE_TYPE(
            "AUTO",
            Allowed.oneOf("LM", "LM_CB", "VLM", "VLM_CB", "AUTO"),
            "engine; AUTO takes what the folder holds, batched where the device can"),
    TARGET_DEVICE("CPU", Allowed.any("DEVICE"), "OpenVINO device: CPU, GPU, GPU.<n>, NPU, AUTO:<list>, HETERO:<list>"),
    OV_CACHE_DIR("", Allowed.any("FOLDER"), "where the device keeps compiled models"),
    KV_CACHE_PRECISION("the device's", Allowed.any("TYPE"), "precision of the KV cache, such as u8 or f16"),
    ENABLE_PREFIX_CACHING("true", Allowed.flag(), "use the cache of an equal beginning again"),
    DISABLE_DYNAMIC_SPLIT_FUSE("false", Allowed.flag(), "do not spread long prompts over steps that also generate"),
    MAX_NUM_BATCHED_TOKENS("256", Allowed.number(1, Integer.MAX_VALUE), "most tokens in one step"),
    MAX_NUM_SEQS("256", Allowed.number(1, Integer.MAX_VALUE), "most sequences in one batch"),
    CACHE_SIZE("0", Allowed.number(0, Integer.MAX_VALUE), "KV cache in GB; 0 lets it grow as needed"),
    MAX_PROMPT_LEN("the device's", Allowed.number(1, Integer.MAX_VALUE), "most tokens of a prompt; for NPU only"),
    PROMPT_LOOKUP_DECODING("false", Allowed.flag(), "guess at the next tokens from the text so far"),
    TOOL_PARSER(
            "what the chat template shows",
            Allowed.any("NAME"),
            "format of the model's tool calls: gptoss, gemma4, qwen3coder, minicpm5, lfm2, phi4, devstral, mistral, llama3,"
                    + " hermes3, gemma3, or none"),
    REASONING_PARSER(
            "what the chat template shows",
            Allowed.any("NAME"),
            "format of the model's reasoning: gptoss, gemma4, minicpm5, lfm2, mistral, deepseek_r1, qwen3, or none"),
    ENABLE_TOOL_GUIDED_GENERATION("false", Allowed.flag(), "the arguments of every tool call obey the tool's schema"),
    DRAFT_SOURCE_MODEL("", Allowed.any("MODEL"), "smaller model of text that guesses at the next tokens of this one"),
    DRAFT_MODEL_NAME(
            "draft_source_model, with - for /", Allowed.any("NAME"), "name of its folder in that of the model"),
    DRAFT_EAGLE3_MODE("false", Allowed.flag(), "EAGLE-3 draft models are not served, so only false is allowed");

    private final String defaultText;
    private final Allowed allowed;
    private final String meaning;

    ExportFlag(String defaultText, Allowed allowed, String meaning) {
        this.defaultText = defaultText;
        this.allowed = allowed;
        this.meaning = meaning;
    }

    /** Its name, as in export_model.py. */
    String key() {
        return this == WEIGHT_FORMAT ? "weight-format" : name().toLowerCase(Locale.ROOT);
    }

    String option() {
        return "--" + key();
    }

    Allowed allowed() {
        return allowed;
    }

    /** Whether it may stand without a value, which then is {@code true}. */
    boolean mayStandBare() {
        return allowed.label().equals("true|false");
    }

    /** What the help says of it. */
    String description() {
        return Character.toUpperCase(meaning.charAt(0)) + meaning.substring(1) + "."
                + (defaultText.isEmpty() ? "" : " Default: " + defaultText + ".");
    }

    /** @throws UsageException naming the flag, its value and what is allowed */
    void check(String text) {
        allowed.refusal().apply(text).ifPresent(expected -> {
            throw new UsageException(key() + " '" + text + "': allowed are " + expected);
        });
    }
}
