package io.grevy.openai.chat;

import io.grevy.image.PictureException;
import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;

/** What is wrong with a picture, for the client. */
final class PictureErrors {

    private PictureErrors() {}

    static ApiException at(String path, PictureException e) {
        return ApiException.at(path, codeOf(e.reason()), path + ": " + e.getMessage());
    }

    private static ErrorCode codeOf(PictureException.Reason reason) {
        return switch (reason) {
            case MALFORMED_URL, UNSUPPORTED_SCHEME -> ErrorCode.INVALID_IMAGE_URL;
            case BAD_BASE64 -> ErrorCode.INVALID_BASE64_IMAGE;
            case TOO_LARGE, TOO_MANY_PIXELS -> ErrorCode.IMAGE_TOO_LARGE;
            case UNSUPPORTED_FORMAT -> ErrorCode.UNSUPPORTED_IMAGE_FORMAT;
            case TRUNCATED, CORRUPT -> ErrorCode.INVALID_IMAGE;
            case FETCH_REFUSED -> ErrorCode.IMAGE_FETCH_REFUSED;
            case FETCH_FAILED -> ErrorCode.IMAGE_FETCH_FAILED;
            case FETCH_TIMEOUT -> ErrorCode.IMAGE_FETCH_TIMEOUT;
        };
    }
}
