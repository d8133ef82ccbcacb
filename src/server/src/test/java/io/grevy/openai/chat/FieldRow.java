package io.grevy.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grevy.openai.ApiException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A row of a table of fields in the documentation.
 *
 * @param does honoured, accepted or refused
 */
public record FieldRow(String field, String does, Optional<JsonObject> taken, Optional<JsonObject> refused) {

    private static final Pattern ROW =
            Pattern.compile("\\| `(\\w+)` \\| [^|]+ \\| (\\w+)[^|]* \\| (?:`(.*?)`)? ?\\| (?:`(.*?)`)? ?\\|");

    /** @param page in {@code docs} */
    public static List<FieldRow> of(String page) {
        Path table = Path.of(System.getProperty("repository.root"), "docs", page);
        try {
            return Files.readAllLines(table).stream()
                    .filter(line -> line.startsWith("| `"))
                    .map(FieldRow::row)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asserts that the reader does with its examples what this says. */
    public void assertDoneBy(Function<JsonObject, ?> reader) {
        assertThat(does).isIn("honoured", "accepted", "refused");
        assertThat(taken.isPresent()).isEqualTo(!does.equals("refused"));
        taken.ifPresent(example -> {
            assertThat(example).containsKey(field);
            Object with = reader.apply(example);
            Object without =
                    reader.apply(Json.createObjectBuilder(example).remove(field).build());
            if (does.equals("honoured")) {
                assertThat(with).isNotEqualTo(without);
            } else {
                assertThat(with).isEqualTo(without);
            }
        });
        JsonObject example = refused.orElseThrow();
        ApiException error = catchThrowableOfType(ApiException.class, () -> reader.apply(example));
        assertThat(error).as("a refusal of " + example).isNotNull();
        assertThat(error.code().status()).isEqualTo(400);
        assertThat(error.param().orElseThrow()).matches(field + "([.\\[].*)?");
        assertThat(error.getMessage()).startsWith(field);
    }

    private static FieldRow row(String line) {
        Matcher matcher = ROW.matcher(line);
        assertThat(matcher.matches()).as(line).isTrue();
        return new FieldRow(matcher.group(1), matcher.group(2), json(matcher.group(3)), json(matcher.group(4)));
    }

    private static Optional<JsonObject> json(@Nullable String text) {
        return Optional.ofNullable(text)
                .map(given -> Json.createReader(new StringReader(given)).readObject());
    }

    @Override
    public String toString() {
        return field;
    }
}
