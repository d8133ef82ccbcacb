package io.grevy.export;

import io.grevy.repository.ServingOptions;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** The options that end up in the model's graph, where some of export_model.py's are properties of the device. */
final class GraphOptions {
    private static final String NPU = "NPU";
    private static final String MAX_PROMPT_LEN = "max_prompt_len";

    private GraphOptions() {}

    /** @throws io.grevy.repository.RepositoryException naming a setting that is wrong */
    static ServingOptions read(OptionTexts texts, Path base) {
        return ServingOptions.read(name -> switch (name) {
            case "plugin_config" -> plugin(texts, base);
            case "dynamic_split_fuse" -> Optional.of(String.valueOf(!texts.flag("disable_dynamic_split_fuse", false)));
            case "pipeline_type",
                    "target_device",
                    "cache_size",
                    "max_num_seqs",
                    "max_num_batched_tokens",
                    "enable_prefix_caching",
                    "kv_cache_precision",
                    "tool_parser",
                    "reasoning_parser",
                    "enable_tool_guided_generation" -> texts.text(name);
            default -> Optional.empty();
        });
    }

    static boolean isNpu(String device) {
        return device.startsWith(NPU);
    }

    private static Optional<String> plugin(OptionTexts texts, Path base) {
        String device = texts.text("target_device").orElse("");
        JsonObjectBuilder plugin = Json.createObjectBuilder();
        // The server does not run where this command does.
        texts.text("ov_cache_dir")
                .ifPresent(folder -> plugin.add(
                        "CACHE_DIR",
                        base.resolve(folder).toAbsolutePath().normalize().toString()));
        if (texts.flag("prompt_lookup_decoding", false)) {
            plugin.add("prompt_lookup", true);
        }
        if (device.startsWith("HETERO")) {
            plugin.add("MODEL_DISTRIBUTION_POLICY", "PIPELINE_PARALLEL");
        }
        npu(texts, device)
                .ifPresent(properties -> plugin.add(
                        "DEVICE_PROPERTIES", Json.createObjectBuilder().add(NPU, properties)));
        JsonObject all = plugin.build();
        return all.isEmpty() ? Optional.empty() : Optional.of(all.toString());
    }

    private static Optional<JsonObject> npu(OptionTexts texts, String device) {
        OptionalInt length = texts.positive(MAX_PROMPT_LEN);
        if (!isNpu(device)) {
            if (length.isPresent()) {
                throw ExportException.refused(MAX_PROMPT_LEN + ": it is for target_device NPU only");
            }
            return Optional.empty();
        }
        JsonObjectBuilder properties = Json.createObjectBuilder();
        length.ifPresent(tokens -> properties.add("MAX_PROMPT_LEN", tokens));
        if (texts.flag("enable_prefix_caching", true)) {
            properties.add("NPUW_LLM_ENABLE_PREFIX_CACHING", true);
        }
        return Optional.of(properties.build()).filter(object -> !object.isEmpty());
    }
}
