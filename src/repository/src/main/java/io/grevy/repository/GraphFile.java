package io.grevy.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A graph.pbtxt in OVMS's form: one node, of {@code HttpLLMCalculator}. Stateless. */
public final class GraphFile {
    private GraphFile() {}

    /**
     * Reads a graph. What it does not set is as OVMS takes it to mean (no prefix caching).
     *
     * @return with absolute paths
     * @throws RepositoryException naming the file and, where it is about one, the line and the field; also for fields
     *     that ask for something that is not done
     */
    public static GraphDescription read(Path path) {
        Path file = path.toAbsolutePath().normalize();
        GraphText text = GraphText.parse(file);
        GraphSupport.check(text);
        return new GraphReader(text.options()).description();
    }

    /**
     * Writes a graph, so that {@link #read} gives the description again; an earlier file is replaced, and whoever reads
     * meanwhile sees one or the other. Paths inside the file's folder are written relative to it. A relative path is
     * written as it is.
     *
     * @param path the file; its folder exists
     * @throws IOException if it cannot be written; an earlier file is then still there
     */
    public static void write(Path path, GraphDescription description) throws IOException {
        Path file = path.toAbsolutePath().normalize();
        Path folder = file.resolveSibling("");
        Path written = Files.createTempFile(folder, "graph", ".pbtxt.part");
        try {
            Files.writeString(written, GraphWriter.text(description, folder));
            Files.setPosixFilePermissions(written, TextFile.READABLE);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }
}
