package io.grevy.inference;

/**
 * What an answer has to obey, token by token.
 *
 * @param text in the language of its kind
 * @param field where in the request it stands, for messages about it
 */
public record Structure(Kind kind, String text, String field) {

    /** The language of a structure. */
    public enum Kind {
        JSON_SCHEMA,
        REGEX,
        /** xgrammar's EBNF, with a rule {@code root}. */
        GRAMMAR,
        /** xgrammar's structural tags, as JSON. */
        STRUCTURAL_TAG
    }
}
