package io.grevy.repository;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
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
import java.util.OptionalInt;

/**
 * A parsed graph.pbtxt that still knows where its fields stand.
 *
 * @param node the one node of the graph
 * @param options that node's options
 */
record GraphText(
        Path file, CalculatorGraphConfig.Node node, LLMCalculatorOptions options, TextFormatParseInfoTree places) {

    private static final Descriptor CONFIG = CalculatorGraphConfig.getDescriptor();
    private static final Descriptor NODE = CalculatorGraphConfig.Node.getDescriptor();

    static GraphText parse(Path file) {
        TextFormatParseInfoTree.Builder places = TextFormatParseInfoTree.builder();
        CalculatorGraphConfig.Builder config = CalculatorGraphConfig.newBuilder();
        try {
            TextFormat.Parser.newBuilder()
                    .setTypeRegistry(TypeRegistry.newBuilder()
                            .add(LLMCalculatorOptions.getDescriptor())
                            .build())
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
        return new GraphText(
                file,
                node,
                unpack(file, node.getNodeOptions(0)),
                places.build().getNestedTree(CONFIG.findFieldByName("node"), 0));
    }

    /** The file and, where known, the line of one of the options, then its name. */
    String where(String option) {
        TextFormatParseInfoTree tree = places.getNestedTree(NODE.findFieldByName("node_options"), 0);
        return where(tree, option(option));
    }

    /** The same for a field of the node. */
    String whereInNode(String field) {
        return where(places, NODE.findFieldByName(field));
    }

    /** An option that is a whole number; empty where it is not set. */
    OptionalInt number(String option, int least) {
        FieldDescriptor field = option(option);
        if (!options.hasField(field)) {
            return OptionalInt.empty();
        }
        // Unsigned 64 bits: what is beyond a long comes as a negative.
        Number set = (Number) options.getField(field);
        long value = set instanceof Integer small ? Integer.toUnsignedLong(small) : set.longValue();
        if (value < least || value > Integer.MAX_VALUE) {
            throw new RepositoryException(where(option) + " " + Long.toUnsignedString(value) + ": allowed are " + least
                    + " to " + Integer.MAX_VALUE);
        }
        return OptionalInt.of((int) value);
    }

    private String where(TextFormatParseInfoTree tree, FieldDescriptor field) {
        int line = tree.getLocation(field, 0).getLine();
        return file + (line < 0 ? "" : ":" + (line + 1)) + ": " + field.getName();
    }

    private static FieldDescriptor option(String name) {
        return LLMCalculatorOptions.getDescriptor().findFieldByName(name);
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
