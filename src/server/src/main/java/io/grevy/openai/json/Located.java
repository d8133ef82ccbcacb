package io.grevy.openai.json;

import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import jakarta.json.stream.JsonLocation;

/** Errors with a place in the text. */
final class Located {

    private Located() {}

    static ApiException error(ErrorCode code, String what, JsonLocation where) {
        return new ApiException(
                code, what + ", at line " + where.getLineNumber() + ", column " + where.getColumnNumber() + ".");
    }
}
