package io.grevy.openvino;

import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/** The native engine in this process. */
public final class OpenVino {
    private static @Nullable Versions loaded;
    private static @Nullable NativeLibraryException refused;

    private OpenVino() {}

    /**
     * Unpacks and loads the native libraries and checks that they are those that the binding was built for; every
     * pipeline does so first. Once it succeeded or failed, it stays so. Any thread may call.
     *
     * @throws NativeLibraryException if a library is absent, or of another version or layout
     */
    public static synchronized Versions load() {
        if (refused != null) {
            throw refused;
        }
        if (loaded == null) {
            loaded = loadOnce();
        }
        return loaded;
    }

    private static Versions loadOnce() {
        try {
            Versions expected = Natives.expected();
            Natives.load(expected);
            Versions found = Natives.found();
            Natives.requireSame(expected, found);
            Layouts.requireExpected(found);
            return found;
        } catch (NativeLibraryException e) {
            refused = e;
            throw e;
        }
    }

    /**
     * Gives back to the system what was freed natively and is kept for later: worth while after a model was closed.
     * Others that allocate meanwhile wait for some milliseconds. Any thread may call.
     */
    public static void returnFreedMemory() {
        load();
        Pointer.trimMemory();
    }

    /** What malloc has given out in this process, in bytes. */
    static long nativeInUse() {
        load();
        return GenAi.nativeInUse();
    }

    /**
     * The versions of the native libraries, with their build numbers.
     *
     * @param openvino such as {@code 2026.4.1-22982-…}
     * @param genai such as {@code 2026.4.1.0-3408-…}
     */
    public record Versions(String openvino, String genai) {}
}
