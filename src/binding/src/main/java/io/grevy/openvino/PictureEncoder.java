package io.grevy.openvino;

import java.util.List;
import java.util.Map;

/**
 * Encodes a pipeline's pictures beside it, and adds requests about encoded ones: each picture once, however many
 * requests are about it, while other requests are added and steps are made.
 *
 * <p><b>Threads.</b> {@link #encode} is for any; as with every call that runs a model, the thread is to outlive the
 * pipeline. {@link #add} is as {@link BatchingPipeline#add(String, List, Map)}: with prefix caching never during a step.
 *
 * <p><b>Errors.</b> As the pipeline's.
 */
public final class PictureEncoder {

    private final NativeHandle<GenAi.Batching> pipeline;

    PictureEncoder(NativeHandle<GenAi.Batching> pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * Encodes a picture, which takes long.
     *
     * @return closed by the caller
     * @throws EngineException if the model does not take such a picture
     */
    public EncodedPicture encode(Rgb picture) {
        return pipeline.call(open -> {
            try (GenAi.Pictures pixels = Pictures.of(List.of(picture), List.of())) {
                GenAi.KeptPicture kept = new GenAi.KeptPicture();
                boolean encoded = false;
                try {
                    open.encode(pixels, kept);
                    encoded = true;
                } finally {
                    if (!encoded) {
                        kept.close();
                    }
                }
                return new EncodedPicture(kept);
            }
        });
    }

    /**
     * Adds a request about encoded pictures. Otherwise as {@link BatchingPipeline#add(String, List, Map)}.
     *
     * @param pictures of this encoder, and open; they may be closed afterwards
     * @throws IllegalStateException also if one of them is closed
     */
    public long add(String templatedPrompt, List<EncodedPicture> pictures, Map<String, Object> generation) {
        byte[] prompt = Utf8.encode(templatedPrompt);
        BatchingPipeline.requireSome(prompt.length);
        return pipeline.call(open -> {
            try (GenAi.Options options = GenerationOptions.of(generation);
                    GenAi.KeptPictures kept = new GenAi.KeptPictures()) {
                pictures.forEach(picture -> picture.addTo(kept));
                return open.addEncoded(prompt, prompt.length, kept, options);
            }
        });
    }
}
