package io.grevy.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Flags that OVMS has and this version does not do: refused by name rather than unknown or ignored. */
final class NotYet {
    private static final Map<String, String> REASONS = reasons();

    private NotYet() {}

    /** @throws UsageException naming the first argument that asks for such a thing */
    static void refuse(List<String> arguments) {
        arguments.stream()
                .filter(argument -> argument.startsWith("--"))
                .map(argument -> argument.substring(2).split("=", 2)[0])
                .forEach(name -> reason(name).ifPresent(reason -> {
                    throw new UsageException("--" + name + ": " + reason);
                }));
    }

    /** Why a flag is refused; empty for one that is not known here. */
    static Optional<String> reason(String flag) {
        return Optional.ofNullable(REASONS.get(flag));
    }

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new HashMap<>();
        put(
                reasons,
                "it is a flag of the command 'export'; see grevy export --help",
                "weight-format weight_format extra_quantization_params vocoder");
        put(reasons, "give --idle_unload_seconds", "idle_unload_timeout_seconds");
        put(
                reasons,
                "a draft model is the folder that --draft_source_model names; EAGLE-3 ones are not served",
                "draft_model_name draft_eagle3_mode");
        put(
                reasons,
                "there is no gRPC API; the HTTP API is at --rest_port",
                "port grpc_port grpc_bind_address grpc_workers grpc_channel_arguments grpc_max_threads"
                        + " grpc_memory_quota");
        put(reasons, "Liberty sizes its threads by itself; leave it out", "rest_workers");
        put(reasons, "metrics are always on, at /metrics; leave it out", "metrics_enable metrics_list");
        put(reasons, "the log is in the server's folder and on the console in this version", "log_path");
        put(reasons, "give --plugin_config '{\"CACHE_DIR\": \"<folder>\"}'", "cache_dir");
        put(reasons, "give --plugin_config '{\"MAX_PROMPT_LEN\": <n>}'", "max_prompt_len");
        put(
                reasons,
                "give --plugin_config '{\"MODEL_DISTRIBUTION_POLICY\": \"<policy>\"}'",
                "model_distribution_policy");
        put(
                reasons,
                "not in this version",
                "allowed_local_media_path allowed_methods allowed_headers"
                        + " verbose_response trace_path cpu_extension");
        put(
                reasons,
                "it is for models of other tasks than text generation, which are not served",
                "batch_size shape layout mean scale precision color_format resize nireq model_version_policy stateful"
                        + " low_latency_transformation max_sequence_number idle_sequence_cleanup"
                        + " sequence_cleaner_poll_wait_minutes custom_node_resources_cleaner_interval_seconds"
                        + " num_streams normalize truncate pooling max_allowed_chunks resolution"
                        + " max_resolution default_resolution num_images_per_prompt max_num_images_per_prompt"
                        + " default_num_inference_steps max_num_inference_steps source_loras guidance_scale");
        return Map.copyOf(reasons);
    }

    private static void put(Map<String, String> reasons, String reason, String names) {
        for (String name : names.split(" ", -1)) {
            reasons.put(name, reason);
        }
    }
}
