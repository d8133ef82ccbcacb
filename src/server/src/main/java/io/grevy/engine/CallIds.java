package io.grevy.engine;

import java.security.SecureRandom;
import java.util.stream.Collectors;

/** Ids of tool calls, by which a client names them when it sends what they gave. */
final class CallIds {

    private static final String SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final SecureRandom RANDOM = new SecureRandom();

    private CallIds() {}

    static String usual() {
        return "call_" + random(24);
    }

    static String ofNine() {
        return random(9);
    }

    private static String random(int length) {
        return RANDOM.ints(length, 0, SIGNS.length())
                .mapToObj(at -> SIGNS.substring(at, at + 1))
                .collect(Collectors.joining());
    }
}
