package io.grevy.tools;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes arguments in another notation as one JSON object, while they come. What breaks the notation is passed on as it
 * was written, from there to the closing marker or the end of the text.
 */
final class Transcoder {
    private enum State {
        NAME,
        BARE_NAME,
        QUOTED_NAME,
        MARKED_NAME,
        ASSIGNMENT,
        VALUE,
        WORD,
        STRING,
        MARKED_STRING,
        AFTER_VALUE,
        BROKEN
    }

    private final Notation notation;
    private final StringBuilder json;
    private final JsonFrames frames;
    private final MarkerScanner outside;
    private final MarkerScanner inMarked;
    private final StringBuilder word = new StringBuilder();
    private Escapes escapes = new Escapes();
    private State state = State.NAME;
    private char quote;
    private boolean certain;

    /** @param json takes the object */
    Transcoder(Notation notation, StringBuilder json) {
        this.notation = notation;
        this.json = json;
        this.frames = new JsonFrames(json);
        frames.open(true, notation.closer());
        List<String> markers = new ArrayList<>();
        addTo(markers, notation.quote());
        this.inMarked = new MarkerScanner(markers);
        addTo(markers, notation.closing());
        this.outside = new MarkerScanner(markers);
    }

    private static void addTo(List<String> markers, @Nullable String marker) {
        if (marker != null) {
            markers.add(marker);
        }
    }

    /** Whether these are arguments for certain: the first name has its value's sign, or there are none. */
    boolean isCertain() {
        return certain;
    }

    /** @return {@code MORE}, {@code DONE}, {@code CLOSED}, or {@code FAILED} as long as nothing is certain */
    Progress accept(char c) {
        if (state == State.STRING) {
            string(c);
            return Progress.MORE;
        }
        if (state == State.MARKED_STRING || state == State.MARKED_NAME) {
            marked(c);
            return Progress.MORE;
        }
        String marker = outside.accept(c);
        String plain = outside.takePlain();
        for (int i = 0; i < plain.length(); i++) {
            Progress progress = plain(plain.charAt(i));
            if (progress != Progress.MORE) {
                return progress;
            }
        }
        return marker == null ? Progress.MORE : marker(marker);
    }

    /** The text ended within the arguments. */
    void end() {
        if (state == State.STRING) {
            escapes.end(json);
        } else if (state == State.MARKED_STRING) {
            escape(inMarked.takeHeld());
        } else if (state == State.WORD) {
            word.append(outside.takeHeld());
            endWord();
        } else if (state == State.BROKEN) {
            json.append(outside.takeHeld());
        }
    }

    private Progress marker(String marker) {
        if (marker.equals(notation.closing())) {
            if (state == State.WORD) {
                endWord();
            }
            return certain ? Progress.CLOSED : Progress.FAILED;
        }
        return switch (state) {
            case VALUE -> beginString(State.MARKED_STRING);
            case NAME -> {
                word.setLength(0);
                state = State.MARKED_NAME;
                yield Progress.MORE;
            }
            default -> broken(marker);
        };
    }

    private Progress plain(char c) {
        return switch (state) {
            case BARE_NAME -> bareName(c);
            case QUOTED_NAME -> quotedName(c);
            case WORD -> word(c);
            case BROKEN -> broken(String.valueOf(c));
            default -> Character.isWhitespace(c) ? Progress.MORE : structure(c);
        };
    }

    private Progress structure(char c) {
        return switch (state) {
            case NAME -> c == frames.closer() ? close() : name(c);
            case ASSIGNMENT -> assignment(c);
            case VALUE -> value(c);
            default -> afterValue(c);
        };
    }

    private Progress name(char c) {
        word.setLength(0);
        if (notation.isQuote(c) && !(frames.isOutermost() && notation.assignment() == '=')) {
            quote = c;
            state = State.QUOTED_NAME;
            return Progress.MORE;
        }
        state = State.BARE_NAME;
        return bareName(c);
    }

    private Progress bareName(char c) {
        if (c == sign() || Character.isWhitespace(c)) {
            state = State.ASSIGNMENT;
            return c == sign() ? assignment(c) : Progress.MORE;
        }
        if (CallName.mayContain(c, word.length())) {
            word.append(c);
            return Progress.MORE;
        }
        return brokenName(c);
    }

    private Progress quotedName(char c) {
        if (c == quote) {
            state = State.ASSIGNMENT;
        } else {
            word.append(c);
        }
        return Progress.MORE;
    }

    private Progress assignment(char c) {
        if (c != sign()) {
            return brokenName(c);
        }
        frames.name(word);
        word.setLength(0);
        certain = true;
        state = State.VALUE;
        return Progress.MORE;
    }

    private Progress value(char c) {
        if (notation.isQuote(c)) {
            quote = c;
            escapes = new Escapes();
            return beginString(State.STRING);
        }
        return switch (c) {
            case '{' -> open(true, '}');
            case '[' -> open(false, ']');
            case '(' -> open(false, ')');
            case ',', '}', ']', ')' -> noValue(c);
            default -> {
                frames.element();
                state = State.WORD;
                yield word(c);
            }
        };
    }

    private Progress beginString(State next) {
        frames.element();
        json.append('"');
        state = next;
        return Progress.MORE;
    }

    private Progress open(boolean object, char closer) {
        frames.element();
        frames.open(object, closer);
        state = object ? State.NAME : State.VALUE;
        return Progress.MORE;
    }

    /** A list may be empty or end with a comma; an argument without a value is an empty text. */
    private Progress noValue(char c) {
        if (frames.inObject()) {
            json.append("\"\"");
            return afterValue(c);
        }
        return c == frames.closer() ? close() : broken(String.valueOf(c));
    }

    private Progress word(char c) {
        if (c == ',' || c == frames.closer()) {
            endWord();
            return afterValue(c);
        }
        word.append(c);
        return Progress.MORE;
    }

    private void endWord() {
        json.append(BareWord.json(word.toString()));
        word.setLength(0);
        state = State.AFTER_VALUE;
    }

    private void string(char c) {
        if (c == quote && !escapes.isEscaped()) {
            escapes.end(json);
            endString();
        } else {
            escapes.accept(c, json);
        }
    }

    private void marked(char c) {
        boolean ended = inMarked.accept(c) != null;
        if (state == State.MARKED_NAME) {
            word.append(inMarked.takePlain());
            state = ended ? State.ASSIGNMENT : state;
            return;
        }
        escape(inMarked.takePlain());
        if (ended) {
            endString();
        }
    }

    private void endString() {
        json.append('"');
        state = State.AFTER_VALUE;
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            JsonText.escape(text.charAt(i), json);
        }
    }

    private Progress afterValue(char c) {
        if (c == ',') {
            state = frames.inObject() ? State.NAME : State.VALUE;
            return Progress.MORE;
        }
        return c == frames.closer() ? close() : broken(String.valueOf(c));
    }

    private Progress close() {
        certain = true;
        state = State.AFTER_VALUE;
        return frames.close() ? Progress.DONE : Progress.MORE;
    }

    private Progress brokenName(char c) {
        return broken((frames.isEmpty() ? "" : ", ") + word + c);
    }

    private Progress broken(String text) {
        json.append(text);
        state = State.BROKEN;
        return certain ? Progress.MORE : Progress.FAILED;
    }

    private char sign() {
        return frames.isOutermost() ? notation.assignment() : ':';
    }
}
