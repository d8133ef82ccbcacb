package io.grevy.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The versions that the build put into this jar. */
final class Version {
    private Version() {}

    static String text() {
        Properties versions = new Properties();
        try (InputStream stream =
                Objects.requireNonNull(Version.class.getResourceAsStream("version.properties"), "version.properties")) {
            versions.load(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "grevy %s (OpenVINO GenAI %s, Open Liberty %s)"
                .formatted(
                        versions.getProperty("grevy"),
                        versions.getProperty("openvino"),
                        versions.getProperty("liberty"));
    }
}
