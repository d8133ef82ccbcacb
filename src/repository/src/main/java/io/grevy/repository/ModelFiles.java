package io.grevy.repository;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a model lies: a folder in OpenVINO's format, or one GGUF file. */
sealed interface ModelFiles permits ModelFolder, GgufFile {

    /** What the engine opens. */
    Path path();

    /** Where the files lie, and a graph with them. */
    Path folder();

    /** The version that it is of the model at that path: 1 unless it was located in a version subfolder of it. */
    int versionBelow(Path base);

    /** Those by whose change the model changes, sorted. */
    Stream<Path> files() throws IOException;

    /** Whether there is a model, or a graph for one, whole or not. */
    boolean holdsSomething();

    /** The graph that comes with the model, where there is one. */
    Optional<Path> graph();

    /** @throws RepositoryException naming everything that is missing or unreadable */
    ModelFacts facts();

    /**
     * The files that a path means: a GGUF file; a folder with a model in OpenVINO's format or with version subfolders; a
     * folder with one GGUF file.
     */
    static ModelFiles locate(Path base) {
        if (GgufFile.named(base)) {
            return new GgufFile(base, Optional.empty());
        }
        ModelFolder folder = ModelFolder.locate(base);
        return folder.holdsModel()
                ? folder
                : GgufFile.in(folder).map(ModelFiles.class::cast).orElse(folder);
    }
}
