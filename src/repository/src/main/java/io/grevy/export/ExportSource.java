package io.grevy.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is to be served in the end, as it is before. */
sealed interface ExportSource permits OpenVinoFolder, OpenVinoRepository, Checkpoint {
    /** Names on a hub: an owner and a model, or a model alone. */
    Pattern ID = Pattern.compile("[\\w.-]+(/[\\w.-]+)?");

    /** The folder itself that files are brought into. */
    Path HERE = Path.of("");

    /**
     * Brings the model's files into a folder, where they are to lie there.
     *
     * @return where they are: absolute, or seen from that folder
     */
    Path bring(Path folder, Conversion conversion) throws IOException, InterruptedException;

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
     * @param setting names the text in errors
     * @param base what relative paths are meant from
     * @throws ExportException where it is neither
     */
    static ExportSource of(String setting, String text, Path base) {
        Path folder = base.resolve(text).toAbsolutePath().normalize();
        if (Files.isDirectory(folder)) {
            return OpenVinoFolder.in(folder)
                    .map(ExportSource.class::cast)
                    .orElseGet(() -> Checkpoint.in(setting, folder));
        }
        if (Files.exists(folder)) {
            throw ExportException.refused(setting + " '" + text + "': a file, not a folder");
        }
        if (!ID.matcher(text).matches() || text.startsWith(".")) {
            throw ExportException.refused(setting + " '" + text + "': no such folder, and not a hub's owner/model");
        }
        return text.startsWith("OpenVINO/") ? new OpenVinoRepository(text) : Checkpoint.onHub(text);
    }

    /** What to call it: a folder's last part, a hub's name with its owner. */
    static String nameOf(String text, Path base) {
        Path folder = base.resolve(text).toAbsolutePath().normalize();
        boolean local = Files.isDirectory(folder) || !ID.matcher(text).matches();
        return local ? String.valueOf(folder.getFileName()) : text;
    }
}
