package io.grevy.openai.tokens;

import io.grevy.openai.ApiException;
import io.grevy.openai.json.Elements;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import io.grevy.openai.json.JsonText;
import io.grevy.openai.json.TokenList;
import java.util.List;
import java.util.Set;

/**
 * A request that was read and checked; only the vocabulary is still to be asked.
 *
 * @param single whether the tokens of one text were given, not an array of such
 * @param skipSpecialTokens whether special tokens are left out of the text
 */
record DetokenizeRequest(String model, List<TokenList> texts, boolean single, boolean skipSpecialTokens) {

    /** The most tokens of a request. */
    static final int MOST_TOKENS = 1 << 18;

    static final Set<String> HONOURED = Set.of("model", "tokens", "skip_special_tokens");

    DetokenizeRequest {
        texts = List.copyOf(texts);
    }

    /** @throws ApiException with the first error that is found */
    static DetokenizeRequest read(byte[] body) {
        Fields request = new Fields("", JsonText.parseObject(body));
        request.allowOnly(HONOURED);
        String model = request.required("model").asNonEmptyText();
        Field tokens = request.required("tokens");
        Elements elements = tokens.asArray();
        boolean single = elements.size() == 0 || !elements.fields().get(0).isArray();
        List<TokenList> texts = (single ? List.of(tokens) : elements.fields())
                .stream().map(TokenList::of).toList();
        long count = texts.stream().mapToLong(TokenList::size).sum();
        if (count > MOST_TOKENS || texts.size() > TokenizeReader.MOST_TEXTS) {
            throw tokens.invalid("may hold at most %d tokens of %d texts, not %d of %d"
                    .formatted(MOST_TOKENS, TokenizeReader.MOST_TEXTS, count, texts.size()));
        }
        boolean skips =
                request.optional("skip_special_tokens").map(Field::asBoolean).orElse(false);
        return new DetokenizeRequest(model, texts, single, skips);
    }
}
