package io.grevy.image;

import java.net.InetAddress;
import java.util.Arrays;

/** Whether an address may be connected to on behalf of a client. */
enum AddressKind {
    /** On the public internet. */
    PUBLIC,
    /** Not public: private, loopback, shared, reserved, for documentation; only for hosts that are listed. */
    INTERNAL,
    /** Never: metadata services, link-local, multicast, unspecified, broadcast. */
    FORBIDDEN;

    /** Metadata services and the like that are not link-local. */
    private static final String[] METADATA = {
        "100.100.100.200/32", "168.63.129.16/32", "192.0.0.192/32", "fd00:ec2::254/128", "fd20:ce::254/128"
    };

    /** Blocks of the registries for special purposes (IANA), the never ones first. */
    private static final Block[] BLOCKS = blocks(
            new String[] {"0.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4", "::/128", "fe80::/10", "ff00::/8"
            },
            new String[] {
                "10.0.0.0/8",
                "100.64.0.0/10",
                "127.0.0.0/8",
                "172.16.0.0/12",
                "192.0.0.0/24",
                "192.0.2.0/24",
                "192.88.99.0/24",
                "192.168.0.0/16",
                "198.18.0.0/15",
                "198.51.100.0/24",
                "203.0.113.0/24",
                "::1/128",
                "2001:2::/48",
                "2001:10::/28",
                "2001:20::/28",
                "2001:db8::/32",
                "3fff::/20"
            });

    private record Block(byte[] prefix, int bits, AddressKind kind) {

        boolean holds(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int i = 0; i < bits; i++) {
                if (((address[i / 8] ^ prefix[i / 8]) >> 7 - i % 8 & 1) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    private static Block[] blocks(String[] forbidden, String[] internal) {
        Block[] blocks = new Block[METADATA.length + forbidden.length + internal.length];
        int filled = 0;
        for (String[] texts : new String[][] {METADATA, forbidden, internal}) {
            for (String text : texts) {
                blocks[filled++] = block(text, texts == internal ? INTERNAL : FORBIDDEN);
            }
        }
        return blocks;
    }

    private static Block block(String text, AddressKind kind) {
        int slash = text.indexOf('/');
        String address = text.substring(0, slash);
        Host host = Host.parse(address.indexOf(':') >= 0 ? "[" + address + "]" : address);
        return new Block(
                host.literal().orElseThrow().getAddress(), Integer.parseInt(text, slash + 1, text.length(), 10), kind);
    }

    /** The kind of an address; of one that carries an IPv4 address within, the stricter of both. */
    static AddressKind of(InetAddress address) {
        return of(address.getAddress());
    }

    private static AddressKind of(byte[] address) {
        for (Block block : BLOCKS) {
            if (block.holds(address)) {
                return block.kind();
            }
        }
        return address.length == 4 ? PUBLIC : ofSixteen(address);
    }

    private static AddressKind ofSixteen(byte[] a) {
        if (starts(a, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
                || starts(a, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff)
                || starts(a, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0)
                || starts(a, 0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0)) {
            return of(Arrays.copyOfRange(a, 12, 16)); // compatible, mapped, translated, NAT64
        } else if (starts(a, 0x20, 0x02)) {
            return of(Arrays.copyOfRange(a, 2, 6)); // 6to4
        } else if (starts(a, 0x20, 0x01, 0, 0)) {
            return stricter(of(Arrays.copyOfRange(a, 4, 8)), of(inverted(a))); // Teredo: server, client
        } else if ((a[0] & 0xe0) != 0x20) {
            return INTERNAL; // outside of what is given out for the internet
        } else if ((a[8] & 0xfd) == 0 && a[9] == 0 && a[10] == 0x5e && a[11] == (byte) 0xfe) {
            return of(Arrays.copyOfRange(a, 12, 16)); // ISATAP
        }
        return PUBLIC;
    }

    private static byte[] inverted(byte[] a) {
        byte[] client = Arrays.copyOfRange(a, 12, 16);
        for (int i = 0; i < client.length; i++) {
            client[i] = (byte) ~client[i];
        }
        return client;
    }

    private static boolean starts(byte[] address, int... prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (address[i] != (byte) prefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static AddressKind stricter(AddressKind one, AddressKind other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
