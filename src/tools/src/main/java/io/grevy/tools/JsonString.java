package io.grevy.tools;

/** Decodes a JSON string from behind its opening quote; line breaks may stand in it raw, as models write them. */
final class JsonString {
    private final StringBuilder text = new StringBuilder();
    private boolean escaped;
    private int hexDigits;
    private int code;

    /** @return {@code DONE} with the closing quote */
    Progress accept(char c) {
        if (hexDigits > 0) {
            return hex(c);
        }
        if (escaped) {
            return escape(c);
        }
        if (c == '"') {
            return Progress.DONE;
        }
        if (c == '\\') {
            escaped = true;
        } else {
            text.append(c);
        }
        return Progress.MORE;
    }

    int length() {
        return text.length();
    }

    String text() {
        return text.toString();
    }

    private Progress escape(char c) {
        escaped = false;
        if (c == 'u') {
            hexDigits = 4;
            code = 0;
            return Progress.MORE;
        }
        int at = "\"\\/bfnrt".indexOf(c);
        if (at < 0) {
            return Progress.FAILED;
        }
        text.append("\"\\/\b\f\n\r\t".charAt(at));
        return Progress.MORE;
    }

    private Progress hex(char c) {
        int digit = Character.digit(c, 16);
        if (digit < 0) {
            return Progress.FAILED;
        }
        code = code * 16 + digit;
        hexDigits--;
        if (hexDigits == 0) {
            text.append((char) code);
        }
        return Progress.MORE;
    }
}
