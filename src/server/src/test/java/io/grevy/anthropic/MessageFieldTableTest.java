package io.grevy.anthropic;

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
class MessageFieldTableTest {

    static List<FieldRow> rows() {
        return FieldRow.of("messages.md");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void doesWhatTheTableSays(FieldRow row) {
        row.assertDoneBy((JsonObject example) -> Messages.read(example));
    }

    @Test
    void holdsEveryFieldThatTheReaderKnowsOnceAndNoOther() {
        Set<String> known = new TreeSet<>(MessageReader.HONOURED);
        known.addAll(OtherMembers.ACCEPTED);
        known.addAll(OtherMembers.REFUSED);

        assertThat(rows()).extracting(FieldRow::field).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void theDescriptionOfTheApiHasTheHonouredOnes() {
        assertThat(members(MessageSchemas.Request.class)).containsExactlyInAnyOrderElementsOf(MessageReader.HONOURED);
        assertThat(members(MessageSchemas.ToCount.class)).containsExactlyInAnyOrderElementsOf(MessageReader.COUNTED);
    }

    private static List<String> members(Class<?> schema) {
        return Arrays.stream(schema.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }
}
