package io.grevy.tools;

import java.util.function.Function;

/**
 * A marker behind which a call may stand.
 *
 * @param onlyFirst whether it counts only where the answer begins, white space aside
 */
record Opening(String marker, boolean onlyFirst, Function<Calls, CallReader> reader) {
    static Opening anywhere(String marker, Function<Calls, CallReader> reader) {
        return new Opening(marker, false, reader);
    }

    static Opening first(String marker, Function<Calls, CallReader> reader) {
        return new Opening(marker, true, reader);
    }
}
