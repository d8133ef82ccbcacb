package io.grevy.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One of the files that the page is made of; they lie beside this class. Immutable.
 *
 * @param type its media type
 * @param version another one for other content, and the same for the same
 */
record PageFile(byte[] content, String type, String version) {

    /** No name has a slash or begins with a dot, so none leads elsewhere. */
    private static final Pattern NAME = Pattern.compile("[a-z]+\\.(html|css|js|svg)");

    /** Empty where there is no such file. */
    static Optional<PageFile> named(String name) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        try (InputStream file = PageFile.class.getResourceAsStream(name)) {
            return file == null ? Optional.empty() : Optional.of(of(name, file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the page's file " + name, e);
        }
    }

    private static PageFile of(String name, byte[] content) {
        return new PageFile(content, typeOf(name.substring(name.indexOf('.') + 1)), digest(content));
    }

    private static String typeOf(String ending) {
        return switch (ending) {
            case "html" -> "text/html;charset=UTF-8";
            case "css" -> "text/css;charset=UTF-8";
            case "js" -> "text/javascript;charset=UTF-8";
            case "svg" -> "image/svg+xml";
            default -> throw new IllegalArgumentException(ending);
        };
    }

    private static String digest(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}
