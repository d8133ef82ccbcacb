package io.grevy.image;

import static io.grevy.image.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.grevy.image.PictureException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A connection to a checked address still asks for, and insists on, the name in the URL. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
class TlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path folder;

    private static SSLContext context;

    private HttpsServer server;
    private TestNetwork network;

    @BeforeAll
    static void makeKeys() throws IOException, InterruptedException, GeneralSecurityException {
        context = context(keys());
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, PictureServer.PICTURE.length);
                exchange.getResponseBody().write(PictureServer.PICTURE);
            }
        });
        server.start();
        network = new TestNetwork(server.getAddress().getPort())
                .name("pictures.example", "93.184.216.34")
                .name("other.example", "93.184.216.34");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static KeyStore keys() throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve("keys.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-alias",
                        "pictures",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=pictures.example",
                        "-ext",
                        "SAN=dns:pictures.example")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    /** A context that has the server's key, and trusts its certificate. */
    private static SSLContext context(KeyStore keys) throws GeneralSecurityException, IOException {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD);
        trusted.setCertificateEntry("pictures", keys.getCertificate("pictures"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private PictureLoader loader(SSLSocketFactory tls) {
        PictureSettings settings =
                new PictureSettings(1_000_000, 1_000_000, 16, Duration.ofSeconds(20), AllowedDomains.parse(""));
        return new PictureLoader(settings, network, tls);
    }

    @Test
    void theRightNameIsAccepted() throws PictureException {
        try (PictureLoader loader = loader(context.getSocketFactory())) {
            assertThat(loader.load("https://pictures.example/cat.png").width()).isEqualTo(48);
        }
    }

    @Test
    void anotherNameForTheSameAddressIsRefused() {
        try (PictureLoader loader = loader(context.getSocketFactory())) {
            assertThat(refused(Reason.FETCH_FAILED, () -> loader.load("https://other.example/cat.png")))
                    .contains("no secure connection");
        }
    }

    @Test
    void theBareAddressIsRefused() {
        try (PictureLoader loader = loader(context.getSocketFactory())) {
            refused(Reason.FETCH_FAILED, () -> loader.load("https://93.184.216.34/cat.png"));
        }
    }

    @Test
    void aCertificateThatNobodyVouchesForIsRefused() {
        try (PictureLoader loader = loader(Tls.sockets())) {
            refused(Reason.FETCH_FAILED, () -> loader.load("https://pictures.example/cat.png"));
        }
    }

    @Test
    void aHostThatNeverShakesHandsTimesOut() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            network = new TestNetwork(silent.getLocalPort()).name("pictures.example", "93.184.216.34");
            PictureSettings settings =
                    new PictureSettings(1_000_000, 1_000_000, 16, Duration.ofMillis(500), AllowedDomains.parse(""));
            try (PictureLoader loader = new PictureLoader(settings, network, context.getSocketFactory())) {
                refused(Reason.FETCH_TIMEOUT, () -> loader.load("https://pictures.example/cat.png"));
            }
        }
    }
}
