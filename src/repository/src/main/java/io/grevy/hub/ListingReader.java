package io.grevy.hub;

import io.grevy.hub.HubException.Reason;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the hub's answer to {@code /api/models/<name>/revision/<revision>?blobs=true}: outside input. */
final class ListingReader {
    /** What concerns git alone. */
    private static final String SKIPPED = ".gitattributes";

    private final String where;

    ListingReader(String where) {
        this.where = where;
    }

    Listing read(byte[] json) throws HubException {
        JsonObject answer = parse(json);
        if (!(answer.get("sha") instanceof JsonString commit)
                || !commit.getString().matches("[0-9a-f]{40,64}")) {
            throw wrong("no commit in it");
        }
        if (!(answer.get("siblings") instanceof jakarta.json.JsonArray siblings)) {
            throw wrong("no list of files in it");
        }
        List<HubFile> files = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonValue sibling : siblings) {
            HubFile file = file(sibling);
            if (!names.add(file.name())) {
                throw wrong("the file " + file.name() + " stands in it twice");
            }
            if (!file.name().equals(SKIPPED)) {
                files.add(file);
            }
        }
        return new Listing(commit.getString(), files);
    }

    private JsonObject parse(byte[] json) throws HubException {
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(json))) {
            return reader.readObject();
        } catch (JsonException e) {
            throw new HubException(Reason.UNEXPECTED_ANSWER, where + ": not a hub's answer: not valid JSON", e);
        }
    }

    private HubFile file(JsonValue value) throws HubException {
        if (!(value instanceof JsonObject sibling) || !(sibling.get("rfilename") instanceof JsonString name)) {
            throw wrong("a file without a name");
        }
        if (!FileNames.isSafe(name.getString())) {
            throw wrong("the file name '" + printable(name.getString()) + "' is not taken: it could lead elsewhere");
        }
        boolean large = sibling.get("lfs") instanceof JsonObject;
        JsonObject facts = large ? sibling.getJsonObject("lfs") : sibling;
        if (!(facts.get("size") instanceof JsonNumber size) || size.longValue() < 0) {
            throw wrong("the file " + name.getString() + " has no size");
        }
        if (!(facts.get(large ? "sha256" : "blobId") instanceof JsonString hex)) {
            throw wrong("the file " + name.getString() + " has no checksum");
        }
        try {
            return new HubFile(
                    name.getString(),
                    size.longValue(),
                    large ? new Checksum.Sha256(hex.getString()) : new Checksum.GitBlob(hex.getString()));
        } catch (IllegalArgumentException e) {
            throw wrong("the file " + name.getString() + " has " + printable(String.valueOf(e.getMessage())));
        }
    }

    private static String printable(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() > 200 ? clean.substring(0, 200) + "…" : clean;
    }

    private HubException wrong(String what) {
        return new HubException(Reason.UNEXPECTED_ANSWER, where + ": " + what);
    }
}
