package io.grevy.openvino;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One request at a time on one model. Any thread may call; calls of {@link #generate} take turns.
 *
 * <p><b>Errors.</b> {@link EngineException} with the engine's text; {@link IllegalArgumentException} for what is
 * refused before the engine sees it; {@link IllegalStateException} once closed.
 */
public final class SequentialPipeline implements AutoCloseable {
    private static final int TOKENS_A_CALL = 256;
    private static final long POLL_MILLIS = 100;

    private final NativeHandle<GenAi.Sequential> pipeline;
    private final Tokenizer tokenizer;
    private final boolean vision;
    private final ReentrantLock turn = new ReentrantLock(true);

    private SequentialPipeline(GenAi.Sequential pipeline, boolean vision) {
        this.pipeline = new NativeHandle<>("the pipeline", pipeline);
        this.tokenizer = new Tokenizer(this.pipeline, pipeline.tokenizer());
        this.vision = vision;
    }

    /** Loads a model that takes pictures; otherwise as {@link BatchingPipeline#open}. */
    public static SequentialPipeline openVision(Path model, String device, Map<String, Object> pluginProperties) {
        return open(model, device, true, pluginProperties);
    }

    /** Loads a text model; otherwise as {@link BatchingPipeline#open}. */
    public static SequentialPipeline openText(Path model, String device, Map<String, Object> pluginProperties) {
        return open(model, device, false, pluginProperties);
    }

    private static SequentialPipeline open(
            Path model, String device, boolean vision, Map<String, Object> pluginProperties) {
        OpenVino.Versions versions = OpenVino.load();
        byte[] folder = Utf8.encode(model.toString());
        byte[] on = Utf8.encode(device);
        GenAi.Sequential opened;
        try (GenAi.Options properties = PluginProperties.of(pluginProperties)) {
            opened = new GenAi.Sequential(folder, on, vision, properties);
        } catch (RuntimeException e) {
            throw NativeHandle.asThrown(e);
        }
        try {
            Layouts.requireNone(opened::layoutProblem, versions);
        } catch (RuntimeException e) {
            opened.close();
            throw NativeHandle.asThrown(e);
        }
        return new SequentialPipeline(opened, vision);
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /**
     * Generates, and returns at its end. An interrupt of the thread cancels, as {@link #close} from another thread does.
     *
     * @param templatedPrompt as for {@link BatchingPipeline#add(String, List, Map)}
     * @param pictures none for a text model
     * @param generation as for {@link BatchingPipeline#add(String, List, Map)}
     * @param listener gets every token, in this thread; what it throws cancels and is thrown from here
     */
    public Result generate(
            String templatedPrompt, List<Rgb> pictures, Map<String, Object> generation, TokenListener listener) {
        return generate(templatedPrompt, pictures, List.of(), generation, listener);
    }

    /**
     * Generates of a prompt with videos. Otherwise as the other.
     *
     * @param videos as for {@link BatchingPipeline#add(String, List, List, Map)}
     */
    public Result generate(
            String templatedPrompt,
            List<Rgb> pictures,
            List<RgbVideo> videos,
            Map<String, Object> generation,
            TokenListener listener) {
        if (!vision && !(pictures.isEmpty() && videos.isEmpty())) {
            throw new IllegalArgumentException("a text model takes no pictures");
        }
        if (templatedPrompt.isEmpty()) {
            throw new IllegalArgumentException("an empty prompt");
        }
        if (turn.isHeldByCurrentThread()) {
            throw new IllegalStateException("generate can't be called from its own listener");
        }
        turn.lock();
        try {
            Generation running = new Generation(listener);
            Result result = pipeline.call(open -> {
                try (GenAi.Options options = GenerationOptions.of(generation);
                        GenAi.Pictures copies = Pictures.of(pictures, videos)) {
                    byte[] prompt = Utf8.encode(templatedPrompt);
                    open.start(prompt, prompt.length, copies, options);
                }
                return running.run(open);
            });
            running.rethrow();
            return result;
        } finally {
            turn.unlock();
        }
    }

    /**
     * Refuses a structure among these options that can't be compiled, as {@link #generate} would. Any thread may call;
     * it takes as long as the structure is large.
     *
     * @throws EngineException if it can't be compiled
     */
    public void compile(Map<String, Object> generation) {
        pipeline.run(open -> {
            try (GenAi.Options options = GenerationOptions.of(generation)) {
                open.compile(options);
            }
        });
    }

    /** Cancels what generates, waits for its end, and frees the model. Further calls do nothing. */
    @Override
    public void close() {
        pipeline.close(GenAi.Sequential::cancel, open -> {});
    }

    /** Gets a generation's tokens as they come. */
    @FunctionalInterface
    public interface TokenListener {
        /**
         * @param tokens the next ones, at least one
         * @return false to cancel
         */
        boolean accept(long[] tokens);
    }

    /**
     * How a generation ended.
     *
     * @param finish why
     * @param promptTokens the prompt's tokens, those of pictures counted
     * @param generatedTokens those that the listener got
     */
    public record Result(Finish finish, int promptTokens, int generatedTokens) {}

    /** The listener's side of one generation: polls, so that no Java code runs in the engine's threads. */
    private final class Generation {
        private final TokenListener listener;
        private @Nullable Throwable thrown;
        private int generated;

        Generation(TokenListener listener) {
            this.listener = listener;
        }

        Result run(GenAi.Sequential open) {
            boolean interrupted = false;
            boolean cancelled = false;
            long[] tokens = new long[TOKENS_A_CALL];
            for (long count; (count = open.poll(tokens, tokens.length, POLL_MILLIS)) >= 0; ) {
                interrupted |= Thread.interrupted();
                if (!cancelled && (interrupted || pipeline.closing() || !accept(tokens, (int) count))) {
                    cancelled = true;
                    open.cancel();
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return end(open);
        }

        private boolean accept(long[] tokens, int count) {
            if (count == 0) {
                return true;
            }
            generated += count;
            try {
                return listener.accept(Arrays.copyOf(tokens, count));
            } catch (Throwable e) { // the engine must be told to stop, whatever it is
                thrown = e;
                return false;
            }
        }

        private Result end(GenAi.Sequential open) {
            long[] end = new long[2];
            open.end(end);
            return new Result(Finish.of((int) end[0]), (int) end[1], generated);
        }

        void rethrow() {
            if (thrown instanceof Error error) {
                throw error;
            }
            if (thrown instanceof RuntimeException exception) {
                throw exception;
            }
        }
    }
}
