package io.grevy.security;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What is known of an address to listen on. */
final class Addresses {

    private Addresses() {}

    /** Whether only this machine reaches it; an address that is not known counts as such: it is somebody else's to say. */
    static boolean loopback(String address) {
        if (address.isEmpty()) {
            return true;
        }
        if (address.equals("*")) {
            return false;
        }
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
