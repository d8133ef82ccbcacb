package io.grevy.hub;

import java.util.Optional;

/** Where a proxy listens. */
record ProxyAddress(String host, int port, Optional<ProxyLogin> login) {

    /** Without the login. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
