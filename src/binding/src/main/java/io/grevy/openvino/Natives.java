package io.grevy.openvino;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Properties;
import org.bytedeco.javacpp.Loader;

/** The libraries in this jar: unpacked, loaded, and of the version that the binding was built for. */
final class Natives {
    private static final String BINDING_FILE = "libjnigrevy.so";
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
            Loader.load(GenAi.class, from(folder), true);
            requireTokenizers(folder);
        } catch (IOException | LinkageError e) {
            throw new NativeLibraryException(
                    "OpenVINO " + expected.openvino() + " with GenAI " + expected.genai() + " can't be loaded on "
                            + platform + ": " + firstCause(e),
                    e);
        }
    }

    /** The loader's own words come last, after those of every place that it looked at. */
    private static String firstCause(Throwable e) {
        Throwable cause = e;
        for (Throwable next = e; next != null; next = next.getCause()) {
            cause = next;
        }
        return String.valueOf(cause.getMessage());
    }

    /** All of them, since plugins, frontend and tokenizers are looked for beside the libraries that are loaded. */
    private static File unpack(String platform) throws IOException {
        URL resource = GenAi.class.getResource(platform + "/");
        if (resource == null) {
            throw new NativeLibraryException("this jar has no native libraries for " + platform);
        }
        URL folder = plain(resource);
        if (folder.getProtocol().equals("file")) {
            return new File(URI.create(folder.toString()));
        }
        File unpacked = Loader.cacheResource(folder);
        if (!isCurrent(unpacked, platform)) {
            Files.delete(unpacked.toPath().resolve(BINDING_FILE));
            Loader.cacheResource(folder);
        }
        return unpacked;
    }

    /** Liberty's class loaders have a protocol of their own for what is in a jar; JavaCPP knows the JDK's. */
    private static URL plain(URL resource) throws MalformedURLException {
        return resource.getProtocol().equals("wsjar")
                ? new URL("jar" + resource.toString().substring("wsjar".length()))
                : resource;
    }

    /** Has the loader take all libraries from this folder, rather than unpack some of them into another. */
    private static Properties from(File folder) {
        Properties properties = Loader.loadProperties();
        properties.setProperty("platform.preloadpath", folder.getPath());
        properties.setProperty("platform.linkpath", folder.getPath());
        return properties;
    }

    /**
     * The cache goes by a file's size and time, and in a reproducible jar all times are the same: so a binding of the
     * same size from another build would be taken for this one.
     */
    private static boolean isCurrent(File unpacked, String platform) throws IOException {
        try (InputStream packed = GenAi.class.getResourceAsStream(platform + "/" + BINDING_FILE)) {
            return packed == null
                    || Arrays.equals(
                            packed.readAllBytes(),
                            Files.readAllBytes(unpacked.toPath().resolve(BINDING_FILE)));
        }
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
