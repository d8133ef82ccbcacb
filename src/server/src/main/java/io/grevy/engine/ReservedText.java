package io.grevy.engine;

import io.grevy.inference.RefusedRequestException;
import io.grevy.inference.RefusedRequestException.Reason;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that a client may not write, since the tokenizer or the engine would not take it for text: the model's special
 * tokens, by which a message could pass for another speaker's, and picture tags. Thread-safe.
 */
final class ReservedText {

    private static final String UNIVERSAL_TAG = "<ov_genai_(?:image|video)_";

    /** Native picture tags with a number in them: Phi's, which no tokenizer knows. */
    private static final String NUMBERED_TAG = "<\\|(?:image|audio)_\\d+\\|>";

    /** Native picture tags that are no special tokens in every tokenizer. */
    private static final List<String> NATIVE_TAGS = List.of(
            "<image>",
            "<video>",
            "<|image_pad|>",
            "<|video_pad|>",
            "<|vision_start|>",
            "<|vision_end|>",
            "<IMG_CONTEXT>",
            "<img>",
            "</img>",
            "</image>",
            "<image_id>",
            "</image_id>",
            "<slice>",
            "</slice>",
            "<|image>",
            "<|image|>",
            "<image|>",
            "<|video|>",
            "<start_of_image>",
            "<end_of_image>",
            "<image_soft_token>");

    private final Pattern pattern;

    private ReservedText(String tags, Iterable<String> literals) {
        StringBuilder alternatives = new StringBuilder(tags);
        literals.forEach(literal -> alternatives.append('|').append(Pattern.quote(literal)));
        this.pattern = Pattern.compile(alternatives.toString());
    }

    /** What a model with these special tokens reserves. */
    static ReservedText of(SpecialTokens special, boolean takesPictures) {
        TreeSet<String> literals = new TreeSet<>();
        if (takesPictures) {
            literals.addAll(NATIVE_TAGS);
        }
        special.contents().values().stream()
                .filter(content -> !content.isBlank())
                .forEach(literals::add);
        return new ReservedText(takesPictures ? UNIVERSAL_TAG + "|" + NUMBERED_TAG : UNIVERSAL_TAG, literals);
    }

    /** Picture tags alone, of a model that may see. */
    static ReservedText pictureTags(boolean takesPictures) {
        return of(new SpecialTokens(Map.of(), OptionalInt.empty()), takesPictures);
    }

    /** @throws RefusedRequestException naming what was found and where */
    void check(String text) throws RefusedRequestException {
        check(text, "messages");
    }

    /** @param field where in the request the text stands */
    void check(String text, String field) throws RefusedRequestException {
        Matcher matcher = pattern.matcher(text);
        if (matcher.find()) {
            String found = matcher.group();
            throw new RefusedRequestException(
                    Reason.RESERVED_TEXT,
                    field,
                    "The text holds '" + found + "' at character " + matcher.start()
                            + ", which this model reserves for itself.");
        }
    }
}
