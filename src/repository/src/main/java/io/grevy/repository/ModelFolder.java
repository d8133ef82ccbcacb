package io.grevy.repository;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** A folder of exported model files, checked to be whole. */
record ModelFolder(Path path) implements ModelFiles {
    static final String GRAPH = "graph.pbtxt";
    private static final String TEXT_MODEL = "openvino_model.xml";
    private static final String LANGUAGE_MODEL = "openvino_language_model.xml";
    private static final String VISION_MODEL = "openvino_vision_embeddings_model.xml";

    private static final List<String> ALWAYS =
            List.of("config.json", "openvino_tokenizer.xml", "openvino_detokenizer.xml");
    private static final List<String> OF_TEXT = List.of(TEXT_MODEL, "openvino_model.bin");
    private static final List<String> OF_VISION = List.of(
            LANGUAGE_MODEL,
            "openvino_language_model.bin",
            "openvino_text_embeddings_model.xml",
            "openvino_text_embeddings_model.bin",
            VISION_MODEL,
            "openvino_vision_embeddings_model.bin");

    /** Where config.json keeps the language model's part, by architecture; the top level comes first. */
    private static final List<String> TEXT_PARTS = List.of("text_config", "llm_config", "language_config");

    /**
     * The folder itself, or OVMS's version subfolder ({@code 1}, {@code 2}, …) with the highest number where only that
     * holds a model.
     */
    static ModelFolder locate(Path base) {
        ModelFolder folder = new ModelFolder(base);
        folder.requireFolder();
        return folder.holdsSomething()
                ? folder
                : folder.versions()
                        .filter(ModelFolder::holdsSomething)
                        .findFirst()
                        .orElse(folder);
    }

    @Override
    public Path folder() {
        return path;
    }

    @Override
    public int versionBelow(Path base) {
        return path.equals(base.toAbsolutePath().normalize()) ? 1 : version(path);
    }

    @Override
    public Stream<Path> files() throws IOException {
        try (Stream<Path> children = Files.list(path)) {
            return children.sorted().toList().stream();
        }
    }

    @Override
    public Optional<Path> graph() {
        return Optional.of(path.resolve(GRAPH)).filter(Files::exists);
    }

    @Override
    public ModelFacts facts() {
        boolean vision = has(VISION_MODEL) || has(LANGUAGE_MODEL);
        if (!vision && !has(TEXT_MODEL)) {
            throw new RepositoryException(path + ": no model in OpenVINO's format: neither " + LANGUAGE_MODEL
                    + " (vision-language) nor " + TEXT_MODEL + " (text)" + hint());
        }
        List<String> needed = Stream.concat((vision ? OF_VISION : OF_TEXT).stream(), ALWAYS.stream())
                .toList();
        refuse(needed.stream().filter(file -> !has(file)).toList(), vision, "missing");
        refuse(
                needed.stream()
                        .filter(file -> !Files.isReadable(path.resolve(file)))
                        .toList(),
                vision,
                "not readable");
        return factsOf(path.resolve("config.json"), vision);
    }

    private static ModelFacts factsOf(Path file, boolean vision) {
        JsonObject config = JsonText.readFile(file);
        if (!(config.get("model_type") instanceof JsonString type)) {
            throw new RepositoryException(file + ": model_type: a string is expected");
        }
        return new ModelFacts(type.getString(), vision, contextLength(config));
    }

    private static OptionalInt contextLength(JsonObject config) {
        return Stream.concat(
                        Stream.of(config),
                        TEXT_PARTS.stream()
                                .map(config::get)
                                .filter(JsonObject.class::isInstance)
                                .map(JsonValue::asJsonObject))
                .map(part -> part.get("max_position_embeddings"))
                .filter(JsonNumber.class::isInstance)
                .mapToInt(length -> ((JsonNumber) length).intValue())
                .filter(length -> length > 0)
                .findFirst();
    }

    private void refuse(List<String> files, boolean vision, String why) {
        if (!files.isEmpty()) {
            throw new RepositoryException(path + ": the " + (vision ? "vision-language" : "text")
                    + " model there is not whole; " + why + ": " + String.join(", ", files));
        }
    }

    private String hint() {
        return has("model.safetensors") || has("model.safetensors.index.json")
                ? "; it holds a Hugging Face checkpoint, which is to be exported first"
                : "";
    }

    void requireFolder() {
        if (!Files.exists(path)) {
            throw new RepositoryException(path + ": no such folder");
        }
        if (!Files.isDirectory(path)) {
            throw new RepositoryException(path + ": not a folder");
        }
        if (!Files.isReadable(path) || !Files.isExecutable(path)) {
            throw new RepositoryException(path + ": the folder is not readable");
        }
    }

    private Stream<ModelFolder> versions() {
        try (Stream<Path> children = Files.list(path)) {
            return children
                    .filter(child -> child.getFileName().toString().matches("[1-9]\\d{0,8}"))
                    .filter(Files::isDirectory)
                    .sorted(Comparator.comparingInt(ModelFolder::version).reversed())
                    .toList()
                    .stream()
                    .map(ModelFolder::new);
        } catch (IOException e) {
            throw new RepositoryException(path + ": cannot be listed (" + e.getMessage() + ")", e);
        }
    }

    private static int version(Path folder) {
        return Integer.parseInt(folder.getFileName().toString());
    }

    /** Whether it holds a model, or a graph for one, itself; whole or not. */
    @Override
    public boolean holdsSomething() {
        return has(GRAPH) || holdsModel();
    }

    boolean holdsModel() {
        return has(TEXT_MODEL) || has(LANGUAGE_MODEL) || has(VISION_MODEL);
    }

    private boolean has(String file) {
        return Files.isRegularFile(path.resolve(file));
    }
}
