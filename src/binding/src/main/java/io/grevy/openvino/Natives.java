package io.grevy.openvino;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.util.Properties;
import org.bytedeco.javacpp.Loader;

/** The libraries in this jar: unpacked, loaded, and of the version that the binding was built for. */
final class Natives {
    private static final String TOKENIZERS_FILE = "libopenvino_tokenizers.so";
    private static final String TOKENIZERS_VARIABLE = "OPENVINO_TOKENIZERS_PATH_GENAI";

    private Natives() {}

    /** What natives.py pinned. */
    static OpenVino.Versions expected() {
        Properties pinned = new Properties();
        try (InputStream in = Natives.class.getResourceAsStream("natives.properties")) {
            if (in == null) {
                throw new NativeLibraryException("this jar was built without native libraries");
            }
            pinned.load(in);
        } catch (IOException e) {
            throw new NativeLibraryException("natives.properties can't be read", e);
        }
        return new OpenVino.Versions(pinned.getProperty("openvino", ""), pinned.getProperty("genai", ""));
    }

    static void load(OpenVino.Versions expected) {
        // JavaCPP's default lets the process have 4 times the heap and then throws OutOfMemoryError: but a model's
        // memory is the engine's, and limited by its settings.
        setIfAbsent("org.bytedeco.javacpp.maxBytes");
        setIfAbsent("org.bytedeco.javacpp.maxPhysicalBytes");
        String platform = Loader.getPlatform();
        try {
            File folder = unpack(platform);
            Loader.load(GenAi.class);
            requireTokenizers(folder);
        } catch (IOException | LinkageError e) {
            throw new NativeLibraryException(
                    "OpenVINO " + expected.openvino() + " with GenAI " + expected.genai() + " can't be loaded on "
                            + platform + ": " + e.getMessage(),
                    e);
        }
    }

    /** All of them, since plugins, frontend and tokenizers are looked for beside the libraries that are loaded. */
    private static File unpack(String platform) throws IOException {
        URL folder = GenAi.class.getResource(platform + "/");
        if (folder == null) {
            throw new NativeLibraryException("this jar has no native libraries for " + platform);
        }
        return folder.getProtocol().equals("file")
                ? new File(URI.create(folder.toString()))
                : Loader.cacheResource(folder);
    }

    private static void setIfAbsent(String property) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, "0");
        }
    }

    private static void requireTokenizers(File folder) {
        if (System.getenv(TOKENIZERS_VARIABLE) == null && !new File(folder, TOKENIZERS_FILE).isFile()) {
            throw new NativeLibraryException(
                    TOKENIZERS_FILE + " is not in " + folder + ", and " + TOKENIZERS_VARIABLE + " names no other");
        }
    }

    static OpenVino.Versions found() {
        byte[] library = Utf8.encode(GenAi.LIBRARY_FILE);
        return new OpenVino.Versions(
                Bytes.text(GenAi::openvinoVersion),
                Bytes.text(out -> GenAi.genaiVersion(library, library.length, out)));
    }

    /** The found ones go on with a build number. */
    static void requireSame(OpenVino.Versions expected, OpenVino.Versions found) {
        if (!is(expected.openvino(), found.openvino()) || !is(expected.genai(), found.genai())) {
            throw new NativeLibraryException("expected OpenVINO " + expected.openvino() + " and GenAI "
                    + expected.genai() + ", found OpenVINO " + found.openvino() + " and GenAI " + found.genai());
        }
    }

    private static boolean is(String expected, String found) {
        return found.equals(expected) || found.startsWith(expected + "-");
    }
}
