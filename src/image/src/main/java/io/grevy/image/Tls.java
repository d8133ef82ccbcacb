package io.grevy.image;

import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/** TLS as the Java runtime has it: its trusted authorities, no client certificate. */
final class Tls {

    private Tls() {}

    /**
     * A context of our own rather than the default one, which a server may have given its own keys.
     */
    static SSLSocketFactory sockets() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The Java runtime has no TLS", e);
        }
    }
}
