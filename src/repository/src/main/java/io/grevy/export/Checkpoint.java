package io.grevy.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Weights as they were trained, to be converted.
 *
 * @param model a folder or a hub's id
 * @param vision whether it takes pictures; empty on a hub, where the tool looks
 */
record Checkpoint(String model, Optional<Boolean> vision) implements ExportSource {
    static Checkpoint onHub(String id) {
        return new Checkpoint(id, Optional.empty());
    }

    /** @throws ExportException naming what a folder of weights is to have and this one has not */
    static Checkpoint in(String setting, Path folder) {
        Path config = folder.resolve("config.json");
        if (!Files.isRegularFile(config)) {
            throw ExportException.refused(setting + " " + folder
                    + ": neither a model in OpenVINO's format nor one in Hugging Face's (there is no config.json)");
        }
        return new Checkpoint(folder.toString(), Optional.of(ConfigJson.sees(config)));
    }

    @Override
    public Path bring(Path folder, Conversion conversion) throws IOException, InterruptedException {
        conversion.convert(this, folder);
        return HERE;
    }

    @Override
    public boolean converted() {
        return false;
    }
}
