package io.grevy.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A model in one GGUF file, or in several of which this is the first: {@code x-00001-of-00003.gguf}.
 *
 * @param graph that of its folder, where the folder was named and not the file
 */
record GgufFile(Path path, Optional<Path> graph) implements ModelFiles {
    private static final Pattern FIRST_PART = Pattern.compile("-00001-of-\\d{5}\\.gguf$");
    private static final Pattern LATER_PART = Pattern.compile("-(?!00001)\\d{5}-of-\\d{5}\\.gguf$");

    /** Whether the path is meant as a GGUF file; one of that name that is not there is refused later. */
    static boolean named(Path path) {
        return path.toString().endsWith(".gguf") && !Files.isDirectory(path);
    }

    /** @throws RepositoryException if the folder holds several, between which nothing chooses */
    static Optional<GgufFile> in(ModelFolder folder) {
        return in(folder.path()).map(file -> new GgufFile(file, folder.graph()));
    }

    private static Optional<Path> in(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            List<Path> files = children.filter(GgufFile::named)
                    .filter(file -> !LATER_PART.matcher(file.toString()).find())
                    .sorted()
                    .toList();
            if (files.size() > 1) {
                throw new RepositoryException(folder + ": several GGUF files, of which one is to be named: "
                        + files.stream()
                                .map(file -> file.getFileName().toString())
                                .collect(Collectors.joining(", ")));
            }
            return files.stream().findFirst();
        } catch (IOException e) {
            throw new RepositoryException(folder + ": cannot be listed (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public Path folder() {
        return path.resolveSibling("");
    }

    @Override
    public int versionBelow(Path base) {
        return 1;
    }

    /** The file itself, and the other parts of the model. */
    @Override
    public Stream<Path> files() throws IOException {
        String first = path.getFileName().toString();
        String common = FIRST_PART.matcher(first).replaceFirst("-");
        try (Stream<Path> children = Files.list(folder())) {
            return children
                    .filter(child -> {
                        String name = child.getFileName().toString();
                        return name.equals(first)
                                || name.startsWith(common)
                                        && LATER_PART.matcher(name).find();
                    })
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @Override
    public boolean holdsSomething() {
        return Files.isRegularFile(path);
    }

    /** The tokenizer and the chat template are in the file too; a model that sees is not. */
    @Override
    public ModelFacts facts() {
        if (!Files.isRegularFile(path)) {
            throw new RepositoryException(path + ": no such file");
        }
        GgufHeader header = GgufHeader.read(path);
        return new ModelFacts(header.architecture(), false, header.contextLength());
    }
}
