package io.grevy.openai.responses;

import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import java.util.List;
import java.util.Optional;

/** Reads {@code include}: what the answer is to hold besides. */
final class IncludeReader {

    private static final String LOG_PROBS = "message.output_text.logprobs";

    /** Told in the clear, so that there is nothing to encrypt. */
    private static final String ENCRYPTED = "reasoning.encrypted_content";

    private static final List<String> KNOWN = List.of(LOG_PROBS, ENCRYPTED);

    private IncludeReader() {}

    /** Whether the tokens of the text are told. */
    static boolean logProbs(Fields request) {
        Optional<Field> include = request.optional("include");
        boolean logProbs = false;
        if (include.isPresent()) {
            for (Field element : include.get().asArray().fields()) {
                logProbs |= element.asOneOf(KNOWN).equals(LOG_PROBS);
            }
        }
        return logProbs;
    }
}
