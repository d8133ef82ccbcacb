package io.grevy.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeaningTest {

    private static final List<String> ANSWERS = List.of(
            "",
            "?",
            "red",
            "It is red.",
            "The circle is Red!",
            "It is red and blue.",
            "No, it is blue.",
            "no",
            "Yes, there is a red circle.",
            "YES",
            "I say yes.",
            "{\"colour\": \"red\"}",
            "{\"count\": 2}",
            "There are two shapes.",
            "There is one shape.",
            "There are no shapes.",
            "02",
            "2 or 3",
            "It is at the top left.",
            "left, at the top",
            "at the top",
            "in the center",
            "In the middle.",
            "It is in the centre.",
            "It is above the left circle.",
            "above",
            "It is left of the blue ring.",
            "The word is \"HELLO\".",
            "HELLO",
            "hello",
            "\"HELLO\" \"YOU\"",
            "I see the word \"OK\".",
            "The number is 42.",
            "4 2",
            "I see a red circle and a blue square.",
            "a red circle, a blue square",
            "I see a blue square and a red circle.",
            "It is a square.",
            "A square, not a star.");

    /** For each line of a kind and answers: for each answer, which is the first that means the same; -1 for none. */
    private static final String JUDGE = """
            import json, sys
            from meaning import meaning
            for line in sys.stdin:
                kind, answers = json.loads(line)
                said = [meaning(kind, answer) for answer in answers]
                print([-1 if one is None else said.index(one) for one in said])
            """;

    @ParameterizedTest
    @ValueSource(strings = {"colour", "shape", "count", "place", "yes/no", "digits", "words", "describe"})
    void judgesAsTheEvaluationDoes(String kind) throws Exception {
        Set<String> answers = new LinkedHashSet<>(ANSWERS);
        HeldOut.cases().forEach(one -> one.turns().forEach(turn -> answers.add(turn.answer())));
        List<String> all = List.copyOf(answers);

        List<Integer> alike = firstAlike(kind, all);

        assertThat(alike).isEqualTo(python(kind, all)).contains(-1);
        assertThat(Set.copyOf(alike)).as("different meanings").hasSizeGreaterThan(2);
    }

    @ParameterizedTest
    @CsvSource({"colour, red, It is blue.", "place, top left, top right", "words, \"HELLO\", \"HELL\"", "count, two, 3"
    })
    void tellsAWrongAnswerFromARightOne(String kind, String one, String other) {
        assertThat(Meaning.of(kind, one)).isPresent().isNotEqualTo(Meaning.of(kind, other));
    }

    @Test
    void knowsWhatTheDemoModelKnows() throws Exception {
        String known = run("""
                import json
                from train.world import COLOURS, SHAPES
                print(json.dumps([*COLOURS, *SHAPES]))
                """, "");

        assertThat(array(known))
                .extracting(value -> value.toString().replace("\"", ""))
                .containsExactlyInAnyOrderElementsOf(new ArrayList<>(List.of(Meaning.COLOURS, Meaning.SHAPES).stream()
                        .flatMap(Set::stream)
                        .toList()));
    }

    private static List<Integer> firstAlike(String kind, List<String> answers) {
        List<Optional<?>> said = new ArrayList<>();
        answers.forEach(answer -> said.add(Meaning.of(kind, answer)));
        return said.stream().map(one -> one.isEmpty() ? -1 : said.indexOf(one)).toList();
    }

    private static List<Integer> python(String kind, List<String> answers) throws Exception {
        String line = Json.createArrayBuilder()
                .add(kind)
                .add(Json.createArrayBuilder(answers))
                .build()
                .toString();
        return array(run(JUDGE, line)).stream()
                .map(value -> Integer.valueOf(value.toString()))
                .toList();
    }

    private static JsonArray array(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readArray();
        }
    }

    private static String run(String code, String input) throws Exception {
        Path models = Deployments.root().resolve("models");
        ProcessBuilder builder = new ProcessBuilder("python3", "-B", "-c", code).redirectErrorStream(true);
        builder.environment().put("PYTHONPATH", models + ":" + models.resolve("evaluate"));
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        Process process = builder.start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
