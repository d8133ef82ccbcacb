package io.grevy.cli;

import java.util.Map;
import java.util.Optional;

/**
 * What was typed.
 *
 * @param flags the text of each flag given
 * @param wlpHome Liberty's folder, where given
 */
record Arguments(Action action, Map<Flag, String> flags, Optional<String> wlpHome) {
    /** What is to be done. */
    enum Action {
        SERVE,
        LIST,
        ADD,
        REMOVE,
        HELP,
        VERSION,
        FLAGS
    }

    Arguments {
        flags = Map.copyOf(flags);
    }
}
