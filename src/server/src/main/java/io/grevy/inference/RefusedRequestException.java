package io.grevy.inference;

/** The model cannot take this request, and why: the message is for the client. */
public final class RefusedRequestException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String parameter;

    public RefusedRequestException(Reason reason, String message) {
        this(reason, "messages", message);
    }

    /** @param parameter the request's member that is wrong */
    public RefusedRequestException(Reason reason, String parameter, String message) {
        super(message);
        this.reason = reason;
        this.parameter = parameter;
    }

    public String parameter() {
        return parameter;
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
        /** The request sets how tokens are guessed, and the model does not guess that way. */
        SPECULATION_NOT_SUPPORTED,
        /** More answers than the model gives to one request. */
        TOO_MANY_CHOICES,
        /** The model's chat template refused the conversation. */
        CHAT_TEMPLATE,
        /** The engine refused it, in its own words: a picture too small for the model, say. */
        ENGINE
    }
}
