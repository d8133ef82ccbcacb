package io.grevy.inference;

/** The model cannot take this request, and why: the message is for the client. */
public final class RefusedRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final String PROMPT = "messages";

    private final Reason reason;
    private final String field;

    public RefusedRequestException(Reason reason, String message) {
        this(reason, PROMPT, message);
    }

    /** @param field which part of the request is at fault */
    public RefusedRequestException(Reason reason, String field, String message) {
        super(message);
        this.reason = reason;
        this.field = field;
    }

    /** The same of another part of the request. */
    public RefusedRequestException at(String other) {
        return new RefusedRequestException(reason, other, String.valueOf(getMessage()));
    }

    /** Whether it is the prompt that is at fault, as a conversation's would be. */
    public boolean ofPrompt() {
        return field.equals(PROMPT);
    }

    public String field() {
        return field;
    }

    public Reason reason() {
        return reason;
    }

    /** What was wrong. */
    public enum Reason {
        /** The prompt, or the prompt and the tokens asked for, do not fit the model's context or its KV cache. */
        CONTEXT_LENGTH_EXCEEDED,
        /** Text holds a picture tag or a special token of the model. */
        RESERVED_TEXT,
        /** Pictures for a model that takes none. */
        PICTURES_NOT_SUPPORTED,
        /** Videos for a model that takes none. */
        VIDEOS_NOT_SUPPORTED,
        /** The model's chat template refused the conversation. */
        CHAT_TEMPLATE,
        /** The model, or the way in which it runs, can't do what the field asks for. */
        NOT_SUPPORTED,
        /** A value that is wrong for this model. */
        INVALID_VALUE,
        /** The engine refused it, in its own words: a picture too small for the model, say. */
        ENGINE
    }
}
