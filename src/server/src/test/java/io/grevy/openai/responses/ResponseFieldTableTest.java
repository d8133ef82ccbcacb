package io.grevy.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.openai.chat.FieldRow;
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
class ResponseFieldTableTest {

    static List<FieldRow> rows() {
        return FieldRow.of("responses.md");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void doesWhatTheTableSays(FieldRow row) {
        row.assertDoneBy((JsonObject example) -> Responses.read(example));
    }

    @Test
    void holdsEveryFieldThatTheReaderKnowsOnceAndNoOther() {
        Set<String> known = new TreeSet<>(ResponseReader.HONOURED);
        known.addAll(ResponseReader.ACCEPTED);
        known.addAll(ResponseReader.OTHERS);
        known.addAll(ResponseReader.REFUSED);

        assertThat(rows()).extracting(FieldRow::field).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void theDescriptionOfTheApiHasTheHonouredOnes() {
        List<String> described = Arrays.stream(ResponseSchemas.Request.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();

        assertThat(described).containsExactlyInAnyOrderElementsOf(ResponseReader.HONOURED);
    }
}
