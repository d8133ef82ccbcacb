package io.grevy.openvino;

/** How a pipeline's pictures come to be encoded. */
public sealed interface PictureEncoding {

    /** Beside the pipeline, each once. */
    record Beside(PictureEncoder encoder) implements PictureEncoding {}

    /**
     * By the engine, within {@link BatchingPipeline#add}, again for each request.
     *
     * @param reason why not beside it
     */
    record Within(String reason) implements PictureEncoding {}
}
