package io.grevy.openai.completions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grevy.openai.ApiException;
import io.grevy.openai.chat.FieldRow;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of the documentation against the reader: no field is ignored silently. */
class CompletionFieldTableTest {

    static List<FieldRow> rows() {
        return FieldRow.of("completions.md");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void doesWhatTheTableSays(FieldRow row) {
        assertThat(row.does()).isIn("honoured", "accepted", "refused");
        assertThat(row.taken().isPresent()).isEqualTo(!row.does().equals("refused"));
        row.taken().ifPresent(example -> {
            assertThat(example).containsKey(row.field());
            CompletionRequest with = Completions.read(example);
            CompletionRequest without = Completions.read(
                    Json.createObjectBuilder(example).remove(row.field()).build());
            if (row.does().equals("honoured")) {
                assertThat(with).isNotEqualTo(without);
            } else {
                assertThat(with).isEqualTo(without);
            }
        });
        JsonObject example = row.refused().orElseThrow();
        ApiException refused = catchThrowableOfType(ApiException.class, () -> Completions.read(example));
        assertThat(refused).as("a refusal of " + example).isNotNull();
        assertThat(refused.code().status()).isEqualTo(400);
        assertThat(refused.param().orElseThrow()).matches(row.field() + "([.\\[].*)?");
        assertThat(refused.getMessage()).startsWith(row.field());
    }

    @Test
    void holdsEveryFieldThatTheReaderKnowsOnceAndNoOther() {
        Set<String> known = new TreeSet<>(CompletionReader.HONOURED);
        known.addAll(CompletionReader.REFUSED);
        known.addAll(CompletionReader.OTHERS);

        assertThat(rows()).extracting(FieldRow::field).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void theDescriptionOfTheApiHasTheHonouredOnes() {
        List<String> described = Arrays.stream(CompletionSchemas.Request.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();

        assertThat(described).containsExactlyInAnyOrderElementsOf(CompletionReader.HONOURED);
    }
}
