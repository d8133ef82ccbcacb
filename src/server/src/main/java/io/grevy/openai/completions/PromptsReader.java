package io.grevy.openai.completions;

import io.grevy.inference.RawPrompt;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import io.grevy.openai.json.TokenList;
import java.util.List;
import java.util.Optional;

/** Reads prompts: a string, an array of token ids, or an array of such. */
final class PromptsReader {

    private PromptsReader() {}

    /** @param most the most prompts of this request */
    static List<RawPrompt> read(Fields request, int most) {
        Field field = request.required("prompt");
        Optional<Field> special = request.optional("add_special_tokens");
        boolean adds = special.map(Field::asBoolean).orElse(true);
        List<RawPrompt> prompts = several(field, most).stream()
                .map(prompt -> prompt(prompt, adds))
                .toList();
        if (special.isPresent() && prompts.stream().noneMatch(RawPrompt.Text.class::isInstance)) {
            throw request.excludes("add_special_tokens", "has a meaning only for prompts of text");
        }
        return prompts;
    }

    private static List<Field> several(Field field, int most) {
        if (field.isString()) {
            return List.of(field);
        }
        if (!field.isArray()) {
            throw field.wrongType("a string, an array of token ids, or an array of such");
        }
        List<Field> elements = field.asArray().fields();
        if (elements.isEmpty()) {
            throw field.invalid("must not be empty");
        }
        Field first = elements.get(0);
        if (!first.isString() && !first.isArray()) {
            return List.of(field);
        }
        if (elements.size() > most) {
            throw field.invalid("may hold at most %d prompts here, each of n or best_of choices, not %d"
                    .formatted(most, elements.size()));
        }
        return elements;
    }

    private static RawPrompt prompt(Field field, boolean addSpecialTokens) {
        if (field.isString()) {
            return new RawPrompt.Text(field.path(), field.asText(), addSpecialTokens);
        }
        if (!field.isArray()) {
            throw field.wrongType("a string or an array of token ids");
        }
        return new RawPrompt.Tokens(field.path(), TokenList.of(field).ids());
    }
}
