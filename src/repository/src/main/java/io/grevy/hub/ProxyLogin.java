package io.grevy.hub;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** Who a proxy is told that asks. */
record ProxyLogin(String user, String password) {

    static ProxyLogin parse(String userInfo) {
        int colon = userInfo.indexOf(':');
        return colon < 0
                ? new ProxyLogin(userInfo, "")
                : new ProxyLogin(userInfo.substring(0, colon), userInfo.substring(colon + 1));
    }

    /** For the header {@code Proxy-Authorization}. */
    String authorization() {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }

    @Override
    public String toString() {
        return "***";
    }
}
