package io.grevy.openvino;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.annotation.ByRef;
import org.bytedeco.javacpp.annotation.Cast;
import org.bytedeco.javacpp.annotation.Const;
import org.bytedeco.javacpp.annotation.Namespace;
import org.bytedeco.javacpp.annotation.Platform;

/**
 * JavaCPP's mapping of {@code grevy/binding.hpp}, one to one; what each function does is said there.
 *
 * <p>A text crosses as the bytes of its UTF-8 and their number, so that no byte has a meaning of its own. Every native
 * exception arrives as a {@link RuntimeException} with its text.
 */
@Platform(
        value = {"linux-x86_64", "linux-arm64"},
        include = "grevy/binding.hpp",
        compiler = "cpp17",
        preload = {"tbb@.12", "openvino@.2641"},
        link = {GenAi.LIBRARY, "openvino@.2641"},
        library = "jnigrevy")
@Namespace("grevy")
final class GenAi {
    /** As JavaCPP writes {@code libopenvino_genai.so.2641}: of the one version whose layouts are declared. */
    static final String LIBRARY = "openvino_genai@.2641";

    static final String LIBRARY_FILE = "libopenvino_genai.so.2641";

    private GenAi() {}

    static native void openvinoVersion(@ByRef Bytes out);

    static native void genaiVersion(
            @Cast("const char*") byte[] library, @Cast("int64_t") long length, @ByRef Bytes out);

    static native void describeSampleScheduler(@ByRef Bytes out);

    static native void layoutProblem(@ByRef Bytes out);

    static native @Cast("int64_t") long nativeInUse();

    static final class Bytes extends Pointer {
        static {
            Loader.load();
        }

        Bytes() {
            allocate();
        }

        private native void allocate();

        native @Cast("int64_t") long size();

        native void copyTo(@Cast("signed char*") byte[] out);
    }

    static final class Longs extends Pointer {
        static {
            Loader.load();
        }

        Longs() {
            allocate();
        }

        private native void allocate();

        native @Cast("int64_t") long size();

        native void copyTo(@Cast("int64_t*") long[] out);
    }

    static final class Options extends Pointer {
        static {
            Loader.load();
        }

        Options() {
            allocate();
        }

        private native void allocate();

        native void putText(
                @Cast("const char*") byte[] name,
                @Cast("int64_t") long length,
                @Cast("const char*") byte[] value,
                @Cast("int64_t") long valueLength);

        native void putLong(
                @Cast("const char*") byte[] name, @Cast("int64_t") long length, @Cast("int64_t") long value);

        native void putSize(
                @Cast("const char*") byte[] name, @Cast("int64_t") long length, @Cast("int64_t") long value);

        native void putFloat(@Cast("const char*") byte[] name, @Cast("int64_t") long length, float value);

        native void putDouble(@Cast("const char*") byte[] name, @Cast("int64_t") long length, double value);

        native void putBoolean(
                @Cast("const char*") byte[] name, @Cast("int64_t") long length, @Cast("bool") boolean value);

        native void putTokens(
                @Cast("const char*") byte[] name,
                @Cast("int64_t") long length,
                @Cast("const int64_t*") long[] values,
                @Cast("int64_t") long count);

        native void addText(
                @Cast("const char*") byte[] name,
                @Cast("int64_t") long length,
                @Cast("const char*") byte[] value,
                @Cast("int64_t") long valueLength);

        native void putAll(
                @Cast("const char*") byte[] name, @Cast("int64_t") long length, @Const @ByRef Options values);

        native void putDraftModel(
                @Cast("const char*") byte[] model,
                @Cast("int64_t") long length,
                @Cast("const char*") byte[] device,
                @Cast("int64_t") long deviceLength,
                @Const @ByRef Scheduling scheduling);

        native void putStructure(
                @Cast("const char*") byte[] kind,
                @Cast("int64_t") long length,
                @Cast("const char*") byte[] value,
                @Cast("int64_t") long valueLength);
    }

    static final class Pictures extends Pointer {
        static {
            Loader.load();
        }

        Pictures() {
            allocate();
        }

        private native void allocate();

        native @Cast("signed char*") BytePointer add(@Cast("int64_t") long height, @Cast("int64_t") long width);

        native @Cast("signed char*") BytePointer addVideo(
                @Cast("int64_t") long frames,
                @Cast("int64_t") long height,
                @Cast("int64_t") long width,
                float framesPerSecond);
    }

    static final class KeptPicture extends Pointer {
        static {
            Loader.load();
        }

        KeptPicture() {
            allocate();
        }

        private native void allocate();

        native void share(@Const @ByRef KeptPicture other);

        native @Cast("int64_t") long bytes();
    }

    static final class KeptPictures extends Pointer {
        static {
            Loader.load();
        }

        KeptPictures() {
            allocate();
        }

        private native void allocate();

        native void add(@Const @ByRef KeptPicture kept);
    }

    static final class Scheduling extends Pointer {
        static {
            Loader.load();
        }

        Scheduling(SchedulerSettings settings, long cacheBlocks) {
            allocate(
                    settings.cacheSizeGb(),
                    cacheBlocks,
                    settings.maxNumBatchedTokens(),
                    settings.maxNumSeqs(),
                    settings.dynamicSplitFuse(),
                    settings.enablePrefixCaching());
        }

        private native void allocate(
                @Cast("int64_t") long cacheSizeGb,
                @Cast("int64_t") long cacheBlocks,
                @Cast("int64_t") long maxNumBatchedTokens,
                @Cast("int64_t") long maxNumSeqs,
                @Cast("bool") boolean dynamicSplitFuse,
                @Cast("bool") boolean enablePrefixCaching);

        native void setCacheIntervalMultiplier(@Cast("int64_t") long multiplier);

        native void evict(
                @Cast("int64_t") long startSize,
                @Cast("int64_t") long recentSize,
                @Cast("int64_t") long maxCacheSize,
                @Cast("int32_t") int aggregation,
                @Cast("int64_t") long snapkvWindowSize);

        native void crush(@Cast("int64_t") long budget, @Cast("int32_t") int anchor, @Cast("int64_t") long rngSeed);

        native void sparsify(
                @Cast("int32_t") int mode,
                @Cast("int64_t") long lastDenseTokens,
                @Cast("int64_t") long retainedStartTokens,
                @Cast("int64_t") long retainedRecentTokens,
                float xattentionThreshold,
                @Cast("int64_t") long xattentionBlockSize,
                @Cast("int64_t") long xattentionStride);

        native void describe(@ByRef Bytes out);
    }

    /** Owned by its pipeline. */
    static final class Tokens extends Pointer {
        static {
            Loader.load();
        }

        private Tokens() {}

        native void encode(
                @Cast("const char*") byte[] prompt,
                @Cast("int64_t") long length,
                @Cast("bool") boolean addSpecialTokens,
                @ByRef Longs out);

        native void decode(
                @Cast("const int64_t*") long[] tokens,
                @Cast("int64_t") long count,
                @Cast("bool") boolean skipSpecialTokens,
                @ByRef Bytes out);

        native void applyChatTemplate(
                @Cast("const char*") byte[] messages,
                @Cast("int64_t") long messagesLength,
                @Cast("bool") boolean addGenerationPrompt,
                @Cast("const char*") byte[] chatTemplate,
                @Cast("int64_t") long chatTemplateLength,
                @Cast("const char*") byte[] extraContext,
                @Cast("int64_t") long extraContextLength,
                @Cast("const char*") byte[] tools,
                @Cast("int64_t") long toolsLength,
                @ByRef Bytes out);

        native void chatTemplate(@ByRef Bytes out);

        native @Cast("int64_t") long endOfSequence();

        native @Cast("int64_t") long beginOfSequence();

        native @Cast("int64_t") long vocabularySize();

        native void vocabulary(@ByRef Bytes out);
    }

    static final class Batching extends Pointer {
        static {
            Loader.load();
        }

        Batching(
                byte[] model,
                byte[] device,
                Scheduling scheduling,
                boolean vision,
                boolean speculates,
                Options properties) {
            allocate(model, model.length, device, device.length, scheduling, vision, speculates, properties);
        }

        private native void allocate(
                @Cast("const char*") byte[] model,
                @Cast("int64_t") long modelLength,
                @Cast("const char*") byte[] device,
                @Cast("int64_t") long deviceLength,
                @Const @ByRef Scheduling scheduling,
                @Cast("bool") boolean vision,
                @Cast("bool") boolean speculates,
                @Const @ByRef Options properties);

        native void layoutProblem(@ByRef Bytes out);

        native Tokens tokenizer();

        native @Cast("int64_t") long addPrompt(
                @Cast("const char*") byte[] prompt,
                @Cast("int64_t") long length,
                @Const @ByRef Pictures pictures,
                @Const @ByRef Options options);

        native @Cast("int64_t") long addTokens(
                @Cast("const int64_t*") long[] ids, @Cast("int64_t") long count, @Const @ByRef Options options);

        native void openEncoder(@ByRef Bytes problem);

        native void closeEncoder();

        native void encode(@Const @ByRef Pictures picture, @ByRef KeptPicture out);

        native @Cast("int64_t") long addEncoded(
                @Cast("const char*") byte[] prompt,
                @Cast("int64_t") long length,
                @Const @ByRef KeptPictures pictures,
                @Const @ByRef Options options);

        native void compile(@Const @ByRef Options options);

        native void cancel(@Cast("int64_t") long id);

        native @Cast("bool") boolean hasUnfinished();

        native @Cast("int64_t") long step(@Cast("signed char*") BytePointer out, @Cast("int64_t") long room);

        native @Cast("int64_t") long take(@Cast("signed char*") BytePointer out, @Cast("int64_t") long room);

        native void counts(@Cast("int64_t*") long[] out);

        native void usage(float[] out);

        native void finishChat();

        native void drain();
    }

    static final class Sequential extends Pointer {
        static {
            Loader.load();
        }

        Sequential(byte[] model, byte[] device, boolean vision, Options properties) {
            allocate(model, model.length, device, device.length, vision, properties);
        }

        private native void allocate(
                @Cast("const char*") byte[] model,
                @Cast("int64_t") long modelLength,
                @Cast("const char*") byte[] device,
                @Cast("int64_t") long deviceLength,
                @Cast("bool") boolean vision,
                @Const @ByRef Options properties);

        native void layoutProblem(@ByRef Bytes out);

        native Tokens tokenizer();

        native void compile(@Const @ByRef Options options);

        native void start(
                @Cast("const char*") byte[] prompt,
                @Cast("int64_t") long length,
                @Const @ByRef Pictures pictures,
                @Const @ByRef Options options);

        native @Cast("int64_t") long poll(
                @Cast("int64_t*") long[] out, @Cast("int64_t") long room, @Cast("int64_t") long milliseconds);

        native void cancel();

        native void end(@Cast("int64_t*") long[] out);
    }
}
