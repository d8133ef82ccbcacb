package io.grevy.repository;

import com.google.protobuf.Any;
import com.google.protobuf.TextFormat;
import io.grevy.repository.graph.CalculatorGraphConfig;
import io.grevy.repository.graph.InputStreamHandlerConfig;
import io.grevy.repository.graph.InputStreamInfo;
import io.grevy.repository.graph.LLMCalculatorOptions;
import io.grevy.repository.graph.MediaPipeOptions;
import io.grevy.repository.graph.SyncSetInputStreamHandlerOptions;
import java.nio.file.Path;

/** Puts a description into the text of a graph.pbtxt, with the wiring that every such graph has. */
final class GraphWriter {
    private static final String REQUEST = "HTTP_REQUEST_PAYLOAD:input";
    private static final String RESPONSE = "HTTP_RESPONSE_PAYLOAD:output";
    private static final String LOOPBACK = "LOOPBACK:loopback";

    private GraphWriter() {}

    /** @param folder where the text will lie, absolute */
    static String text(GraphDescription description, Path folder) {
        CalculatorGraphConfig graph = CalculatorGraphConfig.newBuilder()
                .addInputStream(REQUEST)
                .addOutputStream(RESPONSE)
                .addNode(node(OptionsWriter.options(description, folder)))
                .build();
        return TextFormat.printer()
                .usingTypeRegistry(GraphText.TYPES)
                .escapingNonAscii(false)
                .printToString(graph);
    }

    private static CalculatorGraphConfig.Node node(LLMCalculatorOptions options) {
        return CalculatorGraphConfig.Node.newBuilder()
                .setName("LLMExecutor")
                .setCalculator(GraphSupport.CALCULATOR)
                .addInputStream(LOOPBACK)
                .addInputStream(REQUEST)
                .addOutputStream(LOOPBACK)
                .addOutputStream(RESPONSE)
                .addInputSidePacket("LLM_NODE_RESOURCES:llm")
                .addInputStreamInfo(
                        InputStreamInfo.newBuilder().setTagIndex("LOOPBACK:0").setBackEdge(true))
                .setInputStreamHandler(InputStreamHandlerConfig.newBuilder()
                        .setInputStreamHandler(GraphSupport.HANDLER)
                        .setOptions(MediaPipeOptions.newBuilder()
                                .setExtension(
                                        SyncSetInputStreamHandlerOptions.ext,
                                        SyncSetInputStreamHandlerOptions.newBuilder()
                                                .addSyncSet(SyncSetInputStreamHandlerOptions.SyncSet.newBuilder()
                                                        .addTagIndex("LOOPBACK:0"))
                                                .build())))
                .addNodeOptions(Any.pack(options))
                .build();
    }
}
