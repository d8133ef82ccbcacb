package io.grevy.repository;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.grevy.repository.graph.CalculatorGraphConfig;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Refuses, by name, what a graph asks for and this version does not do; nothing is passed over in silence. */
final class GraphSupport {
    static final String CALCULATOR = "HttpLLMCalculator";
    static final String HANDLER = "SyncSetInputStreamHandler";

    /** The wiring that a graph over one model has. Grevy has it built in, so another one could not be honoured. */
    private static final Map<String, Set<String>> WIRING = Map.of(
            "input_stream", Set.of("LOOPBACK", "HTTP_REQUEST_PAYLOAD"),
            "output_stream", Set.of("LOOPBACK", "HTTP_RESPONSE_PAYLOAD"),
            "input_side_packet", Set.of("LLM_NODE_RESOURCES", "LLM_NODE_EXECUTION_CONTEXTS"));

    private static final Set<String> HONOURED = Set.of(
            "models_path",
            "device",
            "max_num_batched_tokens",
            "max_num_seqs",
            "cache_size",
            "dynamic_split_fuse",
            "enable_prefix_caching",
            "plugin_config",
            "best_of_limit",
            "max_tokens_limit",
            "draft_models_path",
            "cache_interval_multiplier",
            "cache_eviction_config",
            "sparse_attention_config",
            "tool_parser",
            "reasoning_parser",
            "enable_tool_guided_generation");

    private static final Set<String> HONOURED_WITH_DRAFT =
            Set.of("draft_device", "draft_cache_size", "draft_max_num_seqs");

    /** Where the engine has the draft model follow the main one, whatever is asked for. */
    private static final Map<String, String> SAME_AS_MAIN = Map.of(
            "draft_max_num_batched_tokens", "max_num_batched_tokens",
            "draft_dynamic_split_fuse", "dynamic_split_fuse");

    /** Values of other options that ask for nothing but what happens anyway. */
    private static final Map<String, Set<Object>> HARMLESS = Map.of(
            "pipeline_type", Set.of("AUTO", "LM", "LM_CB", "VLM", "VLM_CB"),
            "draft_eagle3_mode", Set.of(false),
            "chat_template_mode", Set.of("MINJA"));

    private static final Map<String, String> REASONS = Map.of(
            "pipeline_type", "models that also speak (OMNI) are not served",
            "draft_eagle3_mode", "EAGLE-3 draft models are not served; a draft model is a whole smaller model",
            "draft_block_size", "the device decides it: 32 tokens on a CPU, 16 on a GPU; leave it out",
            "chat_template_mode", "templates are applied by the engine (MINJA) only; JINJA needs Python");

    private GraphSupport() {}

    static void check(GraphText graph) {
        CalculatorGraphConfig.Node node = graph.config();
        if (!node.getCalculator().equals(CALCULATOR)) {
            throw new RepositoryException(graph.node().where("calculator") + " '" + node.getCalculator()
                    + "': only graphs of " + CALCULATOR + " are served");
        }
        checkTags(graph.node(), "input_stream", node.getInputStreamList());
        checkTags(graph.node(), "output_stream", node.getOutputStreamList());
        checkTags(graph.node(), "input_side_packet", node.getInputSidePacketList());
        String handler = node.getInputStreamHandler().getInputStreamHandler();
        if (node.hasInputStreamHandler() && !handler.equals(HANDLER)) {
            throw new RepositoryException(
                    graph.node().where("input_stream_handler") + " '" + handler + "': only " + HANDLER + " is known");
        }
        graph.options().message().getAllFields().forEach((field, value) -> checkOption(graph.options(), field, value));
    }

    private static void checkTags(GraphFields node, String field, List<String> streams) {
        Set<String> known = WIRING.getOrDefault(field, Set.of());
        for (String stream : streams) {
            String tag = stream.substring(0, Math.max(0, stream.indexOf(':')));
            if (!known.contains(tag)) {
                throw new RepositoryException(node.where(field) + " '" + stream + "': known tags are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    private static void checkOption(GraphFields options, FieldDescriptor field, Object value) {
        String name = field.getName();
        Object plain = value instanceof EnumValueDescriptor constant ? constant.getName() : value;
        if (HONOURED.contains(name) || HARMLESS.getOrDefault(name, Set.of()).contains(plain)) {
            return;
        }
        String reason = REASONS.getOrDefault(name, "");
        if (!reason.isEmpty()) {
            throw new RepositoryException(options.where(name) + ": " + reason);
        }
        if (!options.has("draft_models_path")) {
            throw new RepositoryException(options.where(name) + ": draft_models_path is missing");
        }
        if (!HONOURED_WITH_DRAFT.contains(name)) {
            String main = Objects.requireNonNull(SAME_AS_MAIN.get(name));
            Object ofMain = options.message()
                    .getField(options.message().getDescriptorForType().findFieldByName(main));
            if (!value.equals(ofMain)) {
                throw new RepositoryException(
                        options.where(name) + " " + value + ": the engine gives the draft model the main model's "
                                + main + ", " + ofMain + "; leave it out");
            }
        }
    }
}
