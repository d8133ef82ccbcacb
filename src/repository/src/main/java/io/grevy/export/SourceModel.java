package io.grevy.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is to be served in the end, as it is before. */
sealed interface SourceModel permits OpenVinoFolder, OpenVinoRepository, Checkpoint {
    /** Names on a hub: an owner and a model, or a model alone. */
    Pattern ID = Pattern.compile("[\\w.-]+(/[\\w.-]+)?");

    /**
     * Brings the model's files into a folder, where they are to lie there.
     *
     * @return the graph's models_path: where the files are, seen from the folder's later place
     */
    String bring(Path folder, Conversion conversion) throws IOException, InterruptedException;

    /** Whether it takes pictures; empty where that shows only later. */
    Optional<Boolean> vision();

    /** Whether it lies where the export is to be, so that only the graph is missing. */
    default boolean isAt(Path destination) {
        return false;
    }

    /** Whether it is there already in a form that is served, so that weight formats do not matter. */
    boolean converted();

    /**
     * Looks at what a text means: a folder where there is one, else a name on the hub.
     *
     * @param base what relative paths are meant from
     * @throws ExportException naming the text where it is neither
     */
    static SourceModel of(String text, Path base) {
        Path folder = base.resolve(text).toAbsolutePath().normalize();
        if (Files.isDirectory(folder)) {
            return OpenVinoFolder.in(folder).map(SourceModel.class::cast).orElseGet(() -> Checkpoint.in(folder));
        }
        if (Files.exists(folder)) {
            throw ExportException.refused("source_model '" + text + "': a file, not a folder");
        }
        if (!ID.matcher(text).matches() || text.startsWith(".")) {
            throw ExportException.refused("source_model '" + text + "': no such folder, and not a hub's owner/model");
        }
        return text.startsWith("OpenVINO/") ? new OpenVinoRepository(text) : Checkpoint.onHub(text);
    }
}
