package io.grevy.testhub;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A model's files at one commit. Files of some size are large files, as git LFS has them. */
public record HubModel(String commit, SortedMap<String, byte[]> files) {
    private static final int LARGE = 4096;

    public static HubModel of(Map<String, byte[]> files) {
        TreeMap<String, byte[]> sorted = new TreeMap<>(files);
        MessageDigest commit = digest("SHA-1");
        sorted.forEach((name, bytes) -> {
            commit.update(name.getBytes(US_ASCII));
            commit.update(bytes);
        });
        return new HubModel(HexFormat.of().formatHex(commit.digest()), sorted);
    }

    /** The files of a folder and of those below it. */
    public static HubModel of(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return of(files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(
                            file -> folder.relativize(file).toString().replace('\\', '/'), HubModel::read)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] file(String name) {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw new IllegalArgumentException("no file " + name);
        }
        return bytes;
    }

    static boolean isLarge(byte[] bytes) {
        return bytes.length >= LARGE;
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest("SHA-256").digest(bytes));
    }

    /** Git's name for these bytes. */
    static String blobId(byte[] bytes) {
        MessageDigest digest = digest("SHA-1");
        digest.update(("blob " + bytes.length + "\0").getBytes(US_ASCII));
        return HexFormat.of().formatHex(digest.digest(bytes));
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
