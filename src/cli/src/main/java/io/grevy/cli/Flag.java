package io.grevy.cli;

import java.util.Locale;

/**
 * The settings of the server. Each is a flag of this command, a MicroProfile Config property of the server and, as for
 * any such property, an environment variable.
 */
// What is allowed holds no state, but a function cannot be marked as such.
@SuppressWarnings("ImmutableEnumChecker")
enum Flag {
    REST_PORT("8000", Allowed.number(1, 65535), "port of the HTTP API"),
    REST_BIND_ADDRESS("127.0.0.1", Allowed.any("ADDRESS"), "address to listen on; 0.0.0.0 for all"),

    MODEL_NAME("the folder's last part", Allowed.any("NAME"), "name of the model in requests"),
    MODEL_PATH("the bundled demo model", Allowed.any("FOLDER"), "folder of one model"),
    MODEL_REPOSITORY_PATH(
            "", Allowed.any("FOLDER"), "folder of folders; model_name is a path in it, and so is source_model"),
    SOURCE_MODEL(
            "",
            Allowed.any("MODEL"),
            "model on a hub, pulled first where it is not there; <model>@<revision> for a branch, a tag or a commit"),
    GGUF_FILENAME("", Allowed.any("FILE"), "the one file to pull of a hub's repository of GGUF files"),
    OVERWRITE_MODELS("false", Allowed.flag(), "pull anew what is there already"),
    TASK("text_generation", Allowed.oneOf("text_generation"), "what the model is for"),
    CONFIG_PATH(
            "", Allowed.any("FILE"), "file that names several models (config.json); excludes the other model flags"),

    PIPELINE_TYPE(
            "AUTO",
            Allowed.oneOf("LM", "LM_CB", "VLM", "VLM_CB", "AUTO"),
            "engine; AUTO takes what the folder holds, batched where the device can"),
    TARGET_DEVICE("CPU", Allowed.any("DEVICE"), "OpenVINO device: CPU, GPU, GPU.<n>, NPU, AUTO:<list>, HETERO:<list>"),
    CACHE_SIZE("0", Allowed.number(0, Integer.MAX_VALUE), "KV cache in GB; 0 lets it grow as needed"),
    MAX_NUM_SEQS("256", Allowed.number(1, Integer.MAX_VALUE), "most sequences in one batch"),
    MAX_NUM_BATCHED_TOKENS("256", Allowed.number(1, Integer.MAX_VALUE), "most tokens in one step"),
    ENABLE_PREFIX_CACHING(
            "true; false where a graph.pbtxt leaves it out",
            Allowed.flag(),
            "use the cache of an equal beginning again"),
    DYNAMIC_SPLIT_FUSE("true", Allowed.flag(), "spread long prompts over steps that also generate"),
    KV_CACHE_PRECISION("the device's", Allowed.any("TYPE"), "precision of the KV cache, such as u8 or f16"),
    PLUGIN_CONFIG(
            "{}",
            Allowed.any("JSON"),
            "properties for the device, a JSON object; with \"prompt_lookup\": true, tokens are guessed from the"
                    + " prompt"),
    DRAFT_SOURCE_MODEL(
            "",
            Allowed.any("FOLDER"),
            "draft model that guesses tokens for a text model: a folder, or the name of one in the model's folder"),
    CACHE_INTERVAL_MULTIPLIER(
            "the engine's",
            Allowed.number(1, Integer.MAX_VALUE),
            "KV blocks between checkpoints of a linear-attention model's state"),

    CHAT_TEMPLATE_FILE(
            "the model's own", Allowed.any("FILE"), "chat template that is applied in place of the model's own"),
    TOOL_PARSER(
            "what the chat template shows",
            Allowed.any("NAME"),
            "format of the model's tool calls: gptoss, gemma4, qwen3coder, minicpm5, lfm2, phi4, devstral, mistral,"
                    + " llama3, hermes3, gemma3, or none"),
    REASONING_PARSER(
            "what the chat template shows",
            Allowed.any("NAME"),
            "format of the model's reasoning: gptoss, gemma4, minicpm5, lfm2, mistral, deepseek_r1, qwen3, or none"),
    ENABLE_TOOL_GUIDED_GENERATION("false", Allowed.flag(), "the arguments of every tool call obey the tool's schema"),

    API_KEY_FILE(
            "",
            Allowed.any("FILE"),
            "who may ask, and how much: a file of API keys, which 'grevy key' makes; without it everybody may"),
    REQUEST_TIMEOUT_SECONDS(
            "0",
            Allowed.number(0, 1_000_000),
            "time for a request from its arrival to its end, where its X-Request-Timeout says no less; 0 for no end"),
    ALLOWED_ORIGINS(
            "",
            Allowed.any("ORIGIN,…"),
            "origins whose pages may ask from a browser (CORS): https://app.example.org, or * for all"),
    ACCESS_LOG("", Allowed.any("FILE"), "a line of JSON for each request, appended to this file; - for the console"),
    AUDIT_LOG(
            "",
            Allowed.any("FILE"),
            "a line of JSON for each refusal of identity and each change, appended to this file; - for the console"),
    LOG_PROMPTS("false", Allowed.flag(), "the access log tells what was asked and answered too"),
    NO_UI("false", Allowed.flag(), "serve no page at /, the API alone"),

    LOG_LEVEL(
            "INFO in the log, WARNING on the console",
            Allowed.oneOf("TRACE", "DEBUG", "INFO", "WARNING", "ERROR"),
            "detail of the log"),

    MAX_QUEUE("256", Allowed.number(0, 1_000_000), "most requests that wait, for each model"),
    MAX_REQUEST_BYTES("67108864", Allowed.number(1024, 1L << 30), "most bytes of a request's body"),
    ALLOWED_MEDIA_DOMAINS(
            "all",
            Allowed.hosts(),
            "hosts that pictures are fetched from: all (public addresses), none, or a list, whose hosts may be"
                    + " internal"),
    MAX_IMAGES("16", Allowed.number(1, 1000), "most pictures and videos in a request"),
    MAX_IMAGE_BYTES("20971520", Allowed.number(1, 1L << 30), "most bytes of a picture"),
    MAX_IMAGE_PIXELS(
            "40000000", Allowed.number(1, 700_000_000), "most pixels of a picture, or of a video's frames together"),
    MEDIA_TIMEOUT_SECONDS("10", Allowed.number(1, 600), "time for fetching a picture"),
    PICTURE_CACHE_MB(
            "128",
            Allowed.number(0, 1_000_000),
            "MB of encoded pictures that each model keeps; 0 keeps none, and encodes on the model's loop"),
    DRAIN_SECONDS(
            "30",
            Allowed.number(0, 30),
            "time for requests in flight when their model is unloaded or the server stops"),
    FILE_SYSTEM_POLL_WAIT_SECONDS(
            "1",
            Allowed.number(0, 1_000_000),
            "time between two looks at config.json and the models' files; 0 for no looks"),
    IDLE_UNLOAD_SECONDS(
            "0",
            Allowed.number(0, 1_000_000),
            "a model without a request for so long is unloaded until the next; 0 never");

    private final String defaultText;
    private final Allowed allowed;
    private final String meaning;

    Flag(String defaultText, Allowed allowed, String meaning) {
        this.defaultText = defaultText;
        this.allowed = allowed;
        this.meaning = meaning;
    }

    /** Its name, as in OVMS. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String option() {
        return "--" + key();
    }

    String property() {
        return "grevy." + key();
    }

    String environment() {
        return "GREVY_" + name();
    }

    /** What holds without it, for people; empty where nothing does. */
    String defaultText() {
        return defaultText;
    }

    Allowed allowed() {
        return allowed;
    }

    String meaning() {
        return meaning;
    }

    /** Whether it may stand without a value, which then is {@code true}. */
    boolean mayStandBare() {
        return allowed.label().equals("true|false");
    }

    /** Whether its value is a path, which the user means from where they are. */
    boolean isPath() {
        return this == MODEL_PATH || this == MODEL_REPOSITORY_PATH || this == CONFIG_PATH;
    }

    /** Whether it says which model to serve. */
    boolean namesModels() {
        return isPath() || this == MODEL_NAME || this == SOURCE_MODEL || this == GGUF_FILENAME;
    }

    /** @throws UsageException naming the setting, its value and what is allowed */
    void check(String text) {
        allowed.refusal().apply(text).ifPresent(expected -> {
            throw new UsageException(key() + " '" + text + "': allowed are " + expected);
        });
    }
}
