package io.grevy.openai.responses;

import io.grevy.inference.Prompting;
import io.grevy.openai.chat.PromptingReader;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import java.util.Optional;
import java.util.Set;

/** Reads {@code reasoning}: how much the model is to think. */
final class ReasoningReader {

    private static final Set<String> SUMMARIES = Set.of("summary", "generate_summary");

    private ReasoningReader() {}

    static Prompting read(Fields request) {
        Optional<Fields> reasoning = request.optional("reasoning").map(Field::asObject);
        reasoning.ifPresent(ReasoningReader::check);
        return PromptingReader.ofEffort(reasoning.flatMap(given -> given.optional("effort")));
    }

    /** The best summary there is, which is what {@code auto} asks for, is none: the reasoning itself is told. */
    private static void check(Fields reasoning) {
        reasoning.allowOnly(Set.of("effort", "summary", "generate_summary", "context", "mode"));
        for (String name : SUMMARIES) {
            reasoning.optional(name).map(Field::asText).ifPresent(word -> {
                if (!word.equals("auto")) {
                    throw reasoning.unsupported(name, "only as 'auto'");
                }
            });
        }
        for (String name : Set.of("context", "mode")) {
            reasoning.optional(name).ifPresent(given -> {
                throw reasoning.unsupported(name, "");
            });
        }
    }
}
