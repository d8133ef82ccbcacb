package io.grevy.engine;

import java.util.List;
import java.util.Optional;

/**
 * Looks for stop strings in a text that comes in pieces, and holds back what may become one; the first ends the text,
 * before it or, if that is wished, with it. Not thread-safe.
 */
final class StopStrings {

    private final List<String> stops;
    private final boolean include;
    private final StringBuilder held = new StringBuilder();
    private Optional<String> found = Optional.empty();

    StopStrings(List<String> stops, boolean include) {
        this.stops = List.copyOf(stops);
        this.include = include;
    }

    /** Takes a piece and gives what is certain to be of the text; nothing once a stop string was found. */
    String add(String piece) {
        if (found.isPresent()) {
            return "";
        }
        if (stops.isEmpty()) {
            return piece;
        }
        held.append(piece);
        Stop stop = earliest();
        if (stop.at >= 0) {
            found = Optional.of(held.substring(stop.at, stop.at + stop.length));
            return release(include ? stop.at + stop.length : stop.at);
        }
        return release(held.length() - longestBeginning());
    }

    /** What was held back, when no more text comes. */
    String finish() {
        return found.isPresent() ? "" : release(held.length());
    }

    /** The one that ended the text. */
    Optional<String> found() {
        return found;
    }

    private String release(int length) {
        String text = held.substring(0, length);
        held.delete(0, length);
        return text;
    }

    /** Of those that begin at the same place, the shortest: it was complete first. */
    private Stop earliest() {
        Stop earliest = new Stop(-1, 0);
        for (String stop : stops) {
            int at = held.indexOf(stop);
            boolean first =
                    earliest.at < 0 || at < earliest.at || (at == earliest.at && stop.length() < earliest.length);
            if (at >= 0 && first) {
                earliest = new Stop(at, stop.length());
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

    /** @param at -1 for none */
    private record Stop(int at, int length) {}
}
