package io.grevy.hub;

import io.grevy.repository.SourceModel;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a pulled folder says of itself, in a hidden file: where its files are from.
 *
 * @param revision the revision that was asked for
 * @param commit the commit that it was then
 */
record PullRecord(String source, String revision, String commit) {
    static final String FILE = ".grevy-pull.json";

    /** Empty where the folder was not pulled by Grevy. */
    static Optional<PullRecord> read(Path folder) {
        try (JsonReader reader = Json.createReader(new StringReader(Files.readString(folder.resolve(FILE))))) {
            JsonObject record = reader.readObject();
            return record.get("source") instanceof JsonString source
                            && record.get("revision") instanceof JsonString revision
                            && record.get("commit") instanceof JsonString commit
                    ? Optional.of(new PullRecord(source.getString(), revision.getString(), commit.getString()))
                    : Optional.empty();
        } catch (IOException | JsonException e) {
            return Optional.empty();
        }
    }

    void write(Path folder) throws IOException {
        Files.writeString(
                folder.resolve(FILE),
                Json.createObjectBuilder()
                        .add("source", source)
                        .add("revision", revision)
                        .add("commit", commit)
                        .build()
                        .toString());
    }

    /** Whether the folder is what is asked for now; a branch that has moved on since counts as it was. */
    boolean satisfies(SourceModel asked) {
        return asked.revision()
                .map(wanted -> wanted.equals(revision) || wanted.equals(commit))
                .orElse(true);
    }
}
