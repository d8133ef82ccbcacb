package io.grevy.openai.responses;

import io.grevy.inference.Structure;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import io.grevy.openai.structure.StructureReader;
import java.util.Optional;
import java.util.Set;

/** Reads {@code text}: what the answer has to obey. */
final class TextReader {

    private TextReader() {}

    static Optional<Structure> structure(Field field) {
        Fields text = field.asObject();
        text.allowOnly(Set.of("format", "verbosity"));
        text.optional("verbosity").map(Field::asText).ifPresent(word -> {
            if (!word.equals("medium")) {
                throw text.unsupported("verbosity", "only as 'medium'");
            }
        });
        return text.optional("format").flatMap(StructureReader::textFormat);
    }
}
