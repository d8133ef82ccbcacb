package io.grevy.image;

import java.net.IDN;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/**
 * The host of a URL in one canonical spelling.
 *
 * <p>A name is lower case, in ASCII (IDN), without a dot at its end. An address is written the one usual
 * way: four decimal numbers, or IPv6 in brackets. The other spellings that resolvers know
 * ({@code 2130706433}, {@code 0177.0.0.1}, {@code 127.1}, {@code 0x7f.1}, zone ids) are refused: they
 * have no use here but to get past a check, and libraries disagree on what they mean.
 *
 * @param name the name, or the address without brackets
 * @param literal the address, where the host is one
 */
record Host(String name, Optional<InetAddress> literal) {

    /**
     * Reads a host as it stands in a URL, an IPv6 address in brackets.
     *
     * @throws IllegalArgumentException with a sentence's second half, such as "has an empty label"
     */
    static Host parse(String text) {
        if (text.startsWith("[")) {
            if (!text.endsWith("]")) {
                throw new IllegalArgumentException("has a bracket that does not close");
            }
            return ipv6(text.substring(1, text.length() - 1));
        }
        String name = toAscii(text);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        checkName(name);
        return numeric(name.substring(name.lastIndexOf('.') + 1)) ? ipv4(name) : new Host(name, Optional.empty());
    }

    private static String toAscii(String text) {
        try {
            return IDN.toASCII(text, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("is not a valid host name", e);
        }
    }

    private static void checkName(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("is empty");
        }
        if (name.length() > 253) {
            throw new IllegalArgumentException("is longer than 253 characters");
        }
        for (String label : name.split("\\.", -1)) {
            if (label.isEmpty() || label.length() > 63) {
                throw new IllegalArgumentException("has a label that is empty or longer than 63 characters");
            }
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.')) {
                throw new IllegalArgumentException("has a character that a host name cannot have");
            }
        }
    }

    private static boolean numeric(String label) {
        return label.matches("[0-9]+|0x[0-9a-f]*");
    }

    private static Host ipv4(String text) {
        if (!text.matches("(?:(?:0|[1-9][0-9]{0,2})\\.){3}(?:0|[1-9][0-9]{0,2})")) {
            throw new IllegalArgumentException("is an address that is not written as four decimal numbers");
        }
        byte[] address = new byte[4];
        String[] parts = text.split("\\.", -1);
        for (int i = 0; i < 4; i++) {
            int part = Integer.parseInt(parts[i]);
            if (part > 255) {
                throw new IllegalArgumentException("is an address with a number above 255");
            }
            address[i] = (byte) part;
        }
        return literal(text, address);
    }

    private static Host ipv6(String text) {
        if (text.indexOf('%') >= 0) {
            throw new IllegalArgumentException("has a zone id, which is not allowed");
        }
        if (!text.matches("[0-9a-fA-F:]*:[0-9a-fA-F:.]*") || text.length() > 45) {
            throw new IllegalArgumentException("is not an IPv6 address");
        }
        try {
            // With a colon in it, this never becomes a lookup.
            InetAddress address = InetAddress.getByName(text);
            return new Host(address.getHostAddress(), Optional.of(address));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("is not an IPv6 address", e);
        }
    }

    private static Host literal(String text, byte[] address) {
        try {
            return new Host(text, Optional.of(InetAddress.getByAddress(address)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The host as a URL has it. */
    @Override
    public String toString() {
        return name.indexOf(':') >= 0 ? "[" + name + "]" : name;
    }
}
