package io.grevy.repository;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.grevy.repository.graph.CalculatorGraphConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Refuses, by name, what a graph asks for and this version does not do; nothing is passed over in silence. */
final class GraphSupport {
    private static final String CALCULATOR = "HttpLLMCalculator";

    /** The wiring that a graph over one model has. Grevy has it built in, so another one could not be honoured. */
    private static final Map<String, Set<String>> WIRING = Map.of(
            "input_stream", Set.of("LOOPBACK", "HTTP_REQUEST_PAYLOAD"),
            "output_stream", Set.of("LOOPBACK", "HTTP_RESPONSE_PAYLOAD"),
            "input_side_packet", Set.of("LLM_NODE_RESOURCES"));

    private static final Set<String> HONOURED = Set.of(
            "models_path",
            "device",
            "pipeline_type",
            "max_num_batched_tokens",
            "max_num_seqs",
            "cache_size",
            "dynamic_split_fuse",
            "enable_prefix_caching",
            "plugin_config",
            "best_of_limit",
            "max_tokens_limit");

    /** Values of other options that ask for nothing but what happens anyway. */
    private static final Map<String, Set<Object>> HARMLESS = Map.of(
            "enable_tool_guided_generation", Set.of(false),
            "draft_eagle3_mode", Set.of(false),
            "chat_template_mode", Set.of("MINJA"),
            "tool_parser", Set.of("", "none"),
            "reasoning_parser", Set.of("", "none"));

    private static final List<Map.Entry<String, String>> REASONS = List.of(
            Map.entry("draft_", "speculative decoding is not in this version"),
            Map.entry("cache_eviction_config", "cache eviction is not in this version"),
            Map.entry("sparse_attention_config", "sparse attention is not in this version"),
            Map.entry("tool_parser", "tool calls are not in this version"),
            Map.entry("reasoning_parser", "reasoning is not split off in this version"),
            Map.entry("enable_tool_guided_generation", "tool calls are not in this version"),
            Map.entry("chat_template_mode", "templates are applied by the engine (MINJA) only"));

    private GraphSupport() {}

    static void check(GraphText graph) {
        CalculatorGraphConfig.Node node = graph.node();
        if (!node.getCalculator().equals(CALCULATOR)) {
            throw new RepositoryException(graph.whereInNode("calculator") + " '" + node.getCalculator()
                    + "': only graphs of " + CALCULATOR + " are served");
        }
        checkTags(graph, "input_stream", node.getInputStreamList());
        checkTags(graph, "output_stream", node.getOutputStreamList());
        checkTags(graph, "input_side_packet", node.getInputSidePacketList());
        String handler = node.getInputStreamHandler().getInputStreamHandler();
        if (node.hasInputStreamHandler() && !handler.equals("SyncSetInputStreamHandler")) {
            throw new RepositoryException(graph.whereInNode("input_stream_handler") + " '" + handler
                    + "': only SyncSetInputStreamHandler is known");
        }
        graph.options().getAllFields().forEach((field, value) -> checkOption(graph, field, value));
    }

    private static void checkTags(GraphText graph, String field, List<String> streams) {
        Set<String> known = WIRING.getOrDefault(field, Set.of());
        for (String stream : streams) {
            String tag = stream.substring(0, Math.max(0, stream.indexOf(':')));
            if (!known.contains(tag)) {
                throw new RepositoryException(graph.whereInNode(field) + " '" + stream + "': known tags are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    private static void checkOption(GraphText graph, FieldDescriptor field, Object value) {
        String name = field.getName();
        Object plain = value instanceof EnumValueDescriptor constant ? constant.getName() : value;
        if (!HONOURED.contains(name) && !HARMLESS.getOrDefault(name, Set.of()).contains(plain)) {
            throw new RepositoryException(graph.where(name) + ": " + reason(name));
        }
    }

    private static String reason(String name) {
        return REASONS.stream()
                .filter(entry -> name.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("not in this version");
    }
}
