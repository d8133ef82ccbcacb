package io.grevy.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * What a Python environment is to hold.
 *
 * @param requirements the text of a requirements file
 * @param unwanted what is taken out again after the installation
 * @param bytes what making it takes on disk, at its peak
 */
record Recipe(String requirements, List<String> unwanted, long bytes) {
    /** Measured: 5.5 GB installed, and 2.9 GB of wheels while that goes on. */
    private static final long EXPORT_BYTES = 9_000_000_000L;

    /** Sends what is exported to its maker unless one declines; who uses it does without where it is missing. */
    private static final String TELEMETRY = "openvino-telemetry";

    Recipe {
        unwanted = List.copyOf(unwanted);
    }

    /** OpenVINO's export tool and all that it needs, pinned. */
    static Recipe exporting() {
        try (InputStream stream =
                Objects.requireNonNull(Recipe.class.getResourceAsStream("requirements.txt"), "requirements.txt")) {
            return new Recipe(new String(stream.readAllBytes(), UTF_8), List.of(TELEMETRY), EXPORT_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells environments apart: another recipe, another environment. */
    String id() {
        return Digest.of(requirements + "\0" + String.join(",", unwanted));
    }
}
