package io.grevy.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grevy.openai.ApiException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of the documentation against the reader: no field is ignored silently. */
class FieldTableTest {

    private final ChatRequestReader reader = Samples.reader(Samples.chatSettings(Map.of()));

    static List<FieldRow> rows() {
        return FieldRow.of("chat-completions.md");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void doesWhatTheTableSays(FieldRow row) {
        assertThat(row.does()).isIn("honoured", "accepted", "refused");
        assertThat(row.taken().isPresent()).isEqualTo(!row.does().equals("refused"));
        row.taken().ifPresent(example -> {
            assertThat(example).containsKey(row.field());
            ChatRequest with = read(example);
            ChatRequest without =
                    read(Json.createObjectBuilder(example).remove(row.field()).build());
            if (row.does().equals("honoured")) {
                assertThat(with).isNotEqualTo(without);
            } else {
                assertThat(with).isEqualTo(without);
            }
        });
        JsonObject example = row.refused().orElseThrow();
        ApiException refused = catchThrowableOfType(ApiException.class, () -> read(example));
        assertThat(refused).as("a refusal of " + example).isNotNull();
        assertThat(refused.code().status()).isEqualTo(400);
        assertThat(refused.param().orElseThrow()).matches(row.field() + "([.\\[].*)?");
        assertThat(refused.getMessage()).startsWith(row.field());
    }

    @Test
    void holdsEveryFieldThatTheReaderKnowsOnceAndNoOther() {
        Set<String> known = new TreeSet<>(ChatRequestReader.HONOURED);
        known.addAll(OtherFields.names());

        assertThat(rows()).extracting(FieldRow::field).containsExactlyInAnyOrderElementsOf(known);
        assertThat(ChatRequestReader.HONOURED).doesNotContainAnyElementsOf(OtherFields.names());
    }

    @Test
    void theDescriptionOfTheApiHasTheHonouredOnes() {
        List<String> described = Arrays.stream(ChatCompletionRequest.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();

        assertThat(rows())
                .filteredOn(row -> row.does().equals("honoured"))
                .extracting(FieldRow::field)
                .containsExactlyInAnyOrderElementsOf(described);
    }

    private ChatRequest read(JsonObject members) {
        JsonObjectBuilder body = Json.createObjectBuilder()
                .add("model", "m")
                .add(
                        "messages",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder()
                                        .add("role", "user")
                                        .add("content", "Hello")));
        members.forEach(body::add);
        return reader.read(body.build().toString().getBytes(StandardCharsets.UTF_8));
    }
}
