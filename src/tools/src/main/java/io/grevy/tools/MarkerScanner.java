package io.grevy.tools;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for markers in a text. What may be the beginning of one is held, at most a marker's length less one. No marker
 * may begin another.
 */
final class MarkerScanner {
    private final List<String> markers;
    private final StringBuilder held = new StringBuilder();
    private final StringBuilder plain = new StringBuilder();

    MarkerScanner(List<String> markers) {
        this.markers = List.copyOf(markers);
    }

    /**
     * Takes a character, after which {@link #takePlain} has what came before any marker.
     *
     * @return the marker which ended with this character
     */
    @Nullable String accept(char c) {
        held.append(c);
        while (!held.isEmpty()) {
            for (String marker : markers) {
                if (startsWithHeld(marker)) {
                    return marker.length() == held.length() ? found(marker) : null;
                }
            }
            plain.append(held.charAt(0));
            held.deleteCharAt(0);
        }
        return null;
    }

    boolean holds() {
        return !held.isEmpty();
    }

    /** What is certainly no marker. */
    String takePlain() {
        if (plain.isEmpty()) {
            return "";
        }
        String text = plain.toString();
        plain.setLength(0);
        return text;
    }

    /** What was held, at the end of the text. */
    String takeHeld() {
        String text = held.toString();
        held.setLength(0);
        return text;
    }

    private String found(String marker) {
        held.setLength(0);
        return marker;
    }

    private boolean startsWithHeld(String marker) {
        int length = held.length();
        if (length > marker.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (marker.charAt(i) != held.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
