package io.grevy.repository;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import com.google.protobuf.TextFormatParseInfoTree;
import com.google.protobuf.TypeRegistry;
import io.grevy.repository.graph.CalculatorGraphConfig;
import io.grevy.repository.graph.LLMCalculatorOptions;
import io.grevy.repository.graph.SyncSetInputStreamHandlerOptions;
import java.nio.file.Path;

/**
 * A parsed graph.pbtxt that still knows where its fields stand.
 *
 * @param config the one node of the graph
 * @param node that node's fields
 * @param options that node's options
 */
record GraphText(CalculatorGraphConfig.Node config, GraphFields node, GraphFields options) {

    static final TypeRegistry TYPES =
            TypeRegistry.newBuilder().add(LLMCalculatorOptions.getDescriptor()).build();

    private static final FieldDescriptor NODE =
            CalculatorGraphConfig.getDescriptor().findFieldByName("node");
    private static final FieldDescriptor OPTIONS =
            CalculatorGraphConfig.Node.getDescriptor().findFieldByName("node_options");

    static GraphText parse(Path file) {
        TextFormatParseInfoTree.Builder places = TextFormatParseInfoTree.builder();
        CalculatorGraphConfig.Builder config = CalculatorGraphConfig.newBuilder();
        try {
            TextFormat.Parser.newBuilder()
                    .setTypeRegistry(TYPES)
                    .setParseInfoTreeBuilder(places)
                    .setSingularOverwritePolicy(TextFormat.Parser.SingularOverwritePolicy.FORBID_SINGULAR_OVERWRITES)
                    .build()
                    .merge(TextFile.read(file), extensions(), config);
        } catch (TextFormat.ParseException e) {
            throw GraphErrors.of(file, e);
        }
        if (config.getNodeCount() != 1 || config.getNode(0).getNodeOptionsCount() != 1) {
            throw new RepositoryException(file + ": one node with one node_options is expected, found "
                    + config.getNodeCount() + " nodes with "
                    + config.getNodeList().stream()
                            .mapToInt(CalculatorGraphConfig.Node::getNodeOptionsCount)
                            .sum());
        }
        CalculatorGraphConfig.Node node = config.getNode(0);
        TextFormatParseInfoTree ofNode = places.build().getNestedTree(NODE, 0);
        return new GraphText(
                node,
                GraphFields.of(file, node, ofNode),
                GraphFields.of(file, unpack(file, node.getNodeOptions(0)), ofNode.getNestedTree(OPTIONS, 0)));
    }

    private static ExtensionRegistry extensions() {
        ExtensionRegistry registry = ExtensionRegistry.newInstance();
        registry.add(SyncSetInputStreamHandlerOptions.ext);
        return registry;
    }

    private static LLMCalculatorOptions unpack(Path file, Any any) {
        try {
            return any.unpack(LLMCalculatorOptions.class);
        } catch (InvalidProtocolBufferException e) {
            throw new RepositoryException(file + ": node_options: " + e.getMessage(), e);
        }
    }
}
