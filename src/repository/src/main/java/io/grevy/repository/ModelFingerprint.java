package io.grevy.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** Tells whether a model's files have changed. */
public final class ModelFingerprint {
    /** Small, and often written anew with the same text: these are compared by their content. */
    private static final Set<String> BY_CONTENT = Set.of("graph.pbtxt", "config.json", "generation_config.json");

    private ModelFingerprint() {}

    /**
     * A text that is another one after the model's files have changed: the graph and the configuration by content, the
     * other files by size and time of change. Looks at the disk anew, through links, so that it works on network file
     * systems and on volumes of Kubernetes; what cannot be read counts as it is named in the error.
     */
    public static String of(ModelLocation model) {
        MessageDigest digest = sha256();
        try {
            ModelFiles located =
                    ModelFiles.locate(model.basePath().toAbsolutePath().normalize());
            add(digest, located);
            Optional<Path> graph = model.graphPath().or(located::graph);
            if (graph.isPresent()) {
                add(digest, TextFile.read(graph.get()));
                GraphDescription said = GraphFile.read(graph.get());
                add(digest, ModelFiles.locate(said.modelFolder()));
                if (said.execution().speculation() instanceof Speculation.DraftModel draft) {
                    add(digest, ModelFiles.locate(draft.folder()));
                }
            }
        } catch (RepositoryException | UncheckedIOException | IOException e) {
            add(digest, String.valueOf(e.getMessage()));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, ModelFiles model) throws IOException {
        add(digest, model.path().toString());
        for (Path file : model.files().toList()) {
            add(digest, file.getFileName().toString());
            add(digest, look(file));
        }
    }

    private static String look(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "gone";
        }
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            return "";
        }
        return BY_CONTENT.contains(file.getFileName().toString())
                ? TextFile.read(file)
                : attributes.size() + " " + attributes.lastModifiedTime();
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
