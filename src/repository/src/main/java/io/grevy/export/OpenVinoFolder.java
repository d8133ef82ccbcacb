package io.grevy.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A folder in OpenVINO's format: served from where it is, with a graph of its own. */
record OpenVinoFolder(Path folder) implements ExportSource {
    private static final String LANGUAGE_MODEL = "openvino_language_model.xml";
    private static final String TEXT_MODEL = "openvino_model.xml";

    /** Empty where a folder is not in that format. */
    static Optional<OpenVinoFolder> in(Path folder) {
        return has(folder, LANGUAGE_MODEL) || has(folder, TEXT_MODEL)
                ? Optional.of(new OpenVinoFolder(folder))
                : Optional.empty();
    }

    @Override
    public Path bring(Path into, Conversion conversion) {
        return folder;
    }

    @Override
    public Optional<Boolean> vision() {
        return Optional.of(has(folder, LANGUAGE_MODEL));
    }

    @Override
    public boolean isAt(Path destination) {
        return folder.equals(destination);
    }

    @Override
    public boolean converted() {
        return true;
    }

    private static boolean has(Path folder, String file) {
        return Files.isRegularFile(folder.resolve(file));
    }
}
