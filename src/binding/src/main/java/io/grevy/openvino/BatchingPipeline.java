package io.grevy.openvino;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Many requests at once on one model, by continuous batching. Requests are {@linkplain #add added}, and a loop calls
 * {@link #step}, which takes all of them one forward pass further and answers what each gained: a token, or with
 * {@link Speculation} several.
 *
 * <p><b>Threads.</b> {@link #step}, {@link #hasUnfinished}, {@link #metrics} and {@link #finishIdle} belong to one
 * thread, the loop's. {@link #cancel}, {@link #close} and the {@link #tokenizer} are for any. So is {@link #add},
 * except that with prefix caching it must not run during {@link #step}: the engine looks for a known prefix in the
 * caller's thread, in a table which the step changes. Pictures are encoded within {@link #add}, one request at a time,
 * unless {@link #encodePicturesBeside} makes an encoder.
 *
 * <p><b>Errors.</b> {@link EngineException} with the engine's text; {@link IllegalArgumentException} for what is
 * refused before the engine sees it; {@link IllegalStateException} once closed.
 */
public final class BatchingPipeline implements AutoCloseable {
    private static final long FIRST_ROOM = 64 << 10;

    private final NativeHandle<GenAi.Batching> pipeline;
    private final Tokenizer tokenizer;
    private final boolean vision;
    private final Speculation speculation;
    private final StepRecords records = new StepRecords(FIRST_ROOM);
    private volatile @Nullable EngineException failure;

    private BatchingPipeline(GenAi.Batching pipeline, boolean vision, Speculation speculation) {
        this.pipeline = new NativeHandle<>("the pipeline", pipeline);
        this.tokenizer = new Tokenizer(this.pipeline, pipeline.tokenizer());
        this.vision = vision;
        this.speculation = speculation;
    }

    /** Loads a model that does not speculate. Otherwise as the other. */
    public static BatchingPipeline open(
            Path model, String device, SchedulerSettings scheduler, Map<String, Object> pluginProperties) {
        return open(model, device, scheduler, new Speculation.None(), pluginProperties);
    }

    /**
     * Loads a model.
     *
     * @param model its folder, in OpenVINO's format with its tokenizer
     * @param device such as {@code CPU} or {@code GPU}
     * @param pluginProperties the engine's and the device plugin's own; values String, Boolean, Integer, Long, Double,
     *     or again such a map
     * @throws NativeLibraryException as {@link OpenVino#load}
     * @throws EngineException also if a draft model's tokenizer is another, or the model is one for pictures
     */
    public static BatchingPipeline open(
            Path model,
            String device,
            SchedulerSettings scheduler,
            Speculation speculation,
            Map<String, Object> pluginProperties) {
        return open(model, device, scheduler, 0, speculation, pluginProperties);
    }

    /** @param cacheBlocks the cache's size in blocks of 32 tokens, instead of the scheduler's; 0 for the latter */
    static BatchingPipeline open(
            Path model,
            String device,
            SchedulerSettings scheduler,
            long cacheBlocks,
            Map<String, Object> pluginProperties) {
        return open(model, device, scheduler, cacheBlocks, new Speculation.None(), pluginProperties);
    }

    static BatchingPipeline open(
            Path model,
            String device,
            SchedulerSettings scheduler,
            long cacheBlocks,
            Speculation speculation,
            Map<String, Object> pluginProperties) {
        OpenVino.Versions versions = OpenVino.load();
        boolean vision = ModelFolder.takesPictures(model);
        byte[] folder = Utf8.encode(model.toString());
        byte[] on = Utf8.encode(device);
        GenAi.Batching opened;
        try (GenAi.Options properties = PluginProperties.of(pluginProperties);
                GenAi.Scheduling scheduling = scheduler.toNative(cacheBlocks)) {
            PluginProperties.speculate(properties, speculation);
            boolean speculates = !(speculation instanceof Speculation.None);
            opened = new GenAi.Batching(folder, on, scheduling, vision, speculates, properties);
        } catch (RuntimeException e) {
            throw NativeHandle.asThrown(e);
        }
        try {
            Layouts.requireNone(opened::layoutProblem, versions);
        } catch (RuntimeException e) {
            opened.close();
            throw NativeHandle.asThrown(e);
        }
        return new BatchingPipeline(opened, vision, speculation);
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /**
     * Has pictures encoded beside this pipeline, where that was tried and gives the same tokens; otherwise nothing
     * changes. It relies on more of the library's inside than all else here does, so it looks for every function that it
     * needs, and compares an answer about a small picture with the engine's own: two short requests. Once, and before
     * the first request; on the thread that steps, or before that begins.
     *
     * @throws EngineException if a step failed: then the pipeline is to be opened anew, and this left out
     */
    public PictureEncoding encodePicturesBeside() {
        return encodePicturesBeside(EncodingTrial.sample(), EncodingTrial.sample());
    }

    /** As {@link EncodingTrial} is told. */
    PictureEncoding encodePicturesBeside(Rgb engines, Rgb encoders) {
        if (!vision) {
            return new PictureEncoding.Within("a text model takes no pictures");
        }
        String problem = pipeline.call(open -> Bytes.text(open::openEncoder));
        if (!problem.isEmpty()) {
            return new PictureEncoding.Within(problem);
        }
        PictureEncoder encoder = new PictureEncoder(pipeline);
        String difference = new EncodingTrial(this, encoder, engines, encoders).problem();
        if (!difference.isEmpty()) {
            pipeline.run(GenAi.Batching::closeEncoder);
            return new PictureEncoding.Within(difference);
        }
        return new PictureEncoding.Beside(encoder);
    }

    /**
     * Adds a request.
     *
     * @param templatedPrompt as {@link Tokenizer#applyChatTemplate} gives it, with the tag {@code <ov_genai_image_0>}
     *     where the first picture belongs, and so on; pictures without tags go before the prompt. Nothing is put
     *     before it, a begin-of-sequence token neither.
     * @param pictures none for a text model
     * @param generation options by the engine's names over the model's own configuration, such as
     *     {@code max_new_tokens}, {@code temperature}, {@code stop_strings}, {@code json_schema}. A
     *     {@code stop_token_ids} replaces the model's.
     * @return the number that {@link StepOutput#request} has
     * @throws IllegalArgumentException naming an unknown option, one of a wrong type, or one for a speculation that the
     *     pipeline does not do
     * @throws EngineException if an option is out of range, a schema can't be compiled or a tag has no picture
     */
    public long add(String templatedPrompt, List<Rgb> pictures, Map<String, Object> generation) {
        return add(templatedPrompt, pictures, List.of(), generation);
    }

    /**
     * Adds a request with videos. Otherwise as {@link #add(String, List, Map)}.
     *
     * @param templatedPrompt with the tag {@code <ov_genai_video_0>} where the first video belongs, and so on
     * @param videos none for a model that takes none. With a model of Qwen's, each stands before every picture in the
     *     prompt: the engine takes them to, and otherwise writes past the end of its memory
     * @throws EngineException also if the model takes no videos
     */
    public long add(String templatedPrompt, List<Rgb> pictures, List<RgbVideo> videos, Map<String, Object> generation) {
        if (!vision) {
            if (!pictures.isEmpty() || !videos.isEmpty()) {
                throw new IllegalArgumentException("a text model takes no pictures");
            }
            return add(tokenizer.encode(templatedPrompt, false), generation);
        }
        byte[] prompt = Utf8.encode(templatedPrompt);
        requireSome(prompt.length);
        return add(generation, (open, options) -> {
            try (GenAi.Pictures copies = Pictures.of(pictures, videos)) {
                return open.addPrompt(prompt, prompt.length, copies, options);
            }
        });
    }

    /**
     * Adds a request to a text model. Otherwise as {@link #add(String, List, Map)}.
     *
     * @param promptTokens at least one
     */
    public long add(long[] promptTokens, Map<String, Object> generation) {
        if (vision) {
            throw new IllegalArgumentException("a vision model takes a prompt's text, not its tokens");
        }
        requireSome(promptTokens.length);
        Tokenizer.requireIds(promptTokens);
        return add(generation, (open, options) -> open.addTokens(promptTokens, promptTokens.length, options));
    }

    private long add(Map<String, Object> generation, BiFunction<GenAi.Batching, GenAi.Options, Long> call) {
        return pipeline.call(open -> {
            try (GenAi.Options options = GenerationOptions.of(AssistantOptions.complete(generation, speculation))) {
                return call.apply(open, options);
            }
        });
    }

    /**
     * Compiles the structure among these options: {@code json_schema}, {@code regex}, {@code grammar} or {@code
     * structural_tag}, which is xgrammar's JSON. {@link #add} only parses it, and the step after that would compile it,
     * with every other request waiting: after this it doesn't. Any thread may call, also during a step; it takes as long
     * as the structure is large, and can't be ended.
     *
     * @param generation as for {@link #add}; without a structure it is only checked
     * @throws EngineException if it can't be compiled
     */
    public void compile(Map<String, Object> generation) {
        pipeline.run(open -> {
            try (GenAi.Options options = GenerationOptions.of(generation)) {
                open.compile(options);
            }
        });
    }

    static void requireSome(int length) {
        if (length == 0) {
            throw new IllegalArgumentException("an empty prompt");
        }
    }

    /**
     * Cancels a request: the next step answers its {@link Finish#CANCELLED}, unless it ended before. Harmless for one
     * that ended, for a number that never was, and once closed.
     */
    public void cancel(long request) {
        pipeline.runIfOpen(open -> open.cancel(request));
    }

    /** Whether a further step would do or answer anything. */
    public boolean hasUnfinished() {
        return pipeline.call(GenAi.Batching::hasUnfinished);
    }

    /**
     * Takes every request one forward pass further, if there is any, and answers what they gained. Blocks for that
     * pass, and never else.
     *
     * @throws EngineException if the engine failed: then the requests in it are lost, every further step fails too, and
     *     the pipeline is to be closed and opened anew
     */
    public List<StepOutput> step() {
        EngineException earlier = failure;
        if (earlier != null) {
            throw new EngineException("an earlier step failed: " + earlier.getMessage(), earlier);
        }
        try {
            return pipeline.call(records::step);
        } catch (EngineException e) {
            failure = e;
            throw e;
        }
    }

    public PipelineMetrics metrics() {
        return pipeline.call(open -> {
            long[] counts = new long[3];
            float[] usage = new float[2];
            open.counts(counts);
            open.usage(usage);
            return new PipelineMetrics(counts[0], counts[1], usage[0], usage[1], counts[2]);
        });
    }

    /**
     * Gives back what the engine keeps of every prompt with pictures, 8 bytes a token, until told. Does nothing while a
     * request is in the pipeline or being added; costs microseconds, so call it whenever the loop runs empty.
     */
    public void finishIdle() {
        pipeline.run(GenAi.Batching::finishChat);
    }

    /**
     * Cancels every request, waits for calls that run, and frees the model. Their ends aren't answered any more. Further
     * calls do nothing.
     */
    @Override
    public void close() {
        pipeline.close(open -> {}, open -> {
            try {
                if (failure == null) {
                    open.drain();
                }
            } catch (RuntimeException e) {
                failure = new EngineException("the last step failed", e); // all that is left is to free it
            } finally {
                records.close();
            }
        });
    }
}
