package io.grevy.engine;

import java.util.List;

/**
 * Looks for stop strings in a text that comes in pieces, and holds back what may become one. Not thread-safe.
 */
final class StopStrings {

    private final List<String> stops;
    private final StringBuilder held = new StringBuilder();
    private boolean found;

    StopStrings(List<String> stops) {
        this.stops = List.copyOf(stops);
    }

    /** Takes a piece and gives what is certain to stand before any stop string; nothing once one was found. */
    String add(String piece) {
        if (found) {
            return "";
        }
        if (stops.isEmpty()) {
            return piece;
        }
        held.append(piece);
        int end = earliestStop();
        if (end >= 0) {
            found = true;
            return release(end);
        }
        return release(held.length() - longestBeginning());
    }

    /** What was held back, when no more text comes. */
    String finish() {
        return found ? "" : release(held.length());
    }

    boolean found() {
        return found;
    }

    private String release(int length) {
        String text = held.substring(0, length);
        held.delete(0, length);
        return text;
    }

    private int earliestStop() {
        int earliest = -1;
        for (String stop : stops) {
            int at = held.indexOf(stop);
            if (at >= 0 && (earliest < 0 || at < earliest)) {
                earliest = at;
            }
        }
        return earliest;
    }

    /** The length of the longest end of the text with which a stop string begins. */
    private int longestBeginning() {
        int longest = 0;
        for (String stop : stops) {
            for (int length = Math.min(stop.length() - 1, held.length()); length > longest; length--) {
                if (held.indexOf(stop.substring(0, length), held.length() - length) >= 0) {
                    longest = length;
                }
            }
        }
        return longest;
    }
}
