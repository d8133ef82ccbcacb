package io.grevy.export;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A hub's repository in OpenVINO's format already: pulled, not converted. */
record OpenVinoRepository(String id) implements ExportSource {

    @Override
    public Path bring(Path folder, Conversion conversion) throws IOException, InterruptedException {
        conversion.pull(id, folder);
        return HERE;
    }

    @Override
    public Optional<Boolean> vision() {
        return Optional.empty();
    }

    @Override
    public boolean converted() {
        return true;
    }
}
