package io.grevy.image;

import java.util.OptionalInt;

/** The part of a URL between {@code //} and the path, without user information. */
record HostAndPort(Host host, OptionalInt port) {

    /**
     * Reads {@code host}, {@code host:port}, {@code [v6]} or {@code [v6]:port}.
     *
     * @throws IllegalArgumentException with a sentence's second half
     */
    static HostAndPort parse(String text) {
        int colon = text.indexOf(':', text.indexOf(']') + 1);
        if (colon < 0) {
            return new HostAndPort(Host.parse(text), OptionalInt.empty());
        }
        Host host = Host.parse(text.substring(0, colon));
        String port = text.substring(colon + 1);
        if (!port.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("has a port that is not a number");
        }
        int number = Integer.parseInt(port);
        if (number < 1 || number > 65535) {
            throw new IllegalArgumentException("has a port that is not from 1 to 65535");
        }
        return new HostAndPort(host, OptionalInt.of(number));
    }
}
