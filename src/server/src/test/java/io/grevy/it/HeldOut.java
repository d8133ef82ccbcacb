package io.grevy.it;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pictures that no training saw, with questions and their true answers: {@code models/evaluate/subset}, whose
 * {@code bounds.json} says of each kind how many must be answered rightly.
 */
final class HeldOut {

    private static final Path FOLDER = Deployments.model("evaluate/subset");

    private HeldOut() {}

    static List<Case> cases() throws IOException {
        return Files.readAllLines(FOLDER.resolve("cases.jsonl")).stream()
                .map(line -> Case.of(json(line)))
                .toList();
    }

    static JsonObject bounds() throws IOException {
        return json(Files.readString(FOLDER.resolve("bounds.json")));
    }

    private static JsonObject json(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    /** One picture, and one question or a conversation of three about it. */
    record Case(String kind, Path picture, List<Turn> turns) {
        private static Case of(JsonObject json) {
            List<Turn> turns = json.getJsonArray("turns").getValuesAs(JsonObject.class).stream()
                    .map(Turn::of)
                    .toList();
            return new Case(json.getString("score"), FOLDER.resolve(json.getString("picture")), turns);
        }

        /** Whether each answer means what is true. */
        boolean isAnsweredBy(List<String> answers) {
            return answers.size() == turns.size()
                    && IntStream.range(0, answers.size())
                            .allMatch(i -> turns.get(i).isAnsweredBy(answers.get(i)));
        }
    }

    record Turn(String kind, String question, String answer) {
        private static Turn of(JsonObject json) {
            return new Turn(json.getString("kind"), json.getString("question"), json.getString("answer"));
        }

        boolean isAnsweredBy(String said) {
            return Meaning.of(kind, said)
                    .filter(meant -> meant.equals(Meaning.of(kind, answer).orElseThrow()))
                    .isPresent();
        }
    }
}
