package io.grevy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grevy.image.PictureException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All the ways to have this server ask where its client could not: each is refused, and nothing is asked. */
@Timeout(60)
class SsrfTest {

    private static final String PUBLIC = "93.184.216.34";

    private static final Set<Reason> REFUSED =
            EnumSet.of(Reason.FETCH_REFUSED, Reason.MALFORMED_URL, Reason.UNSUPPORTED_SCHEME);

    private final PictureServer server = new PictureServer();
    private final TestNetwork network = new TestNetwork(server.port());

    SsrfTest() throws IOException {}

    @AfterEach
    void close() {
        server.close();
    }

    static Stream<String> targets() {
        return Stream.of(
                        List.of(
                                "file:///etc/passwd",
                                "FILE://localhost/etc/passwd",
                                "jar:file:///tmp/x.jar!/a.png",
                                "jar:http://127.0.0.1/x.jar!/a.png",
                                "ftp://127.0.0.1/a.png",
                                "netdoc:///etc/passwd",
                                "gopher://127.0.0.1:6379/_INFO",
                                "dict://127.0.0.1:11211/stats",
                                "ldap://127.0.0.1/x",
                                "unix:///run/docker.sock",
                                "javascript:alert(1)"),
                        List.of(
                                "http://127.0.0.1/",
                                "http://127.1/",
                                "http://127.255.255.254/",
                                "http://2130706433/",
                                "http://0x7f000001/",
                                "http://0x7f.0.0.1/",
                                "http://017700000001/",
                                "http://0177.0.0.1/",
                                "http://127.0.0.01/",
                                "http://4294967297/",
                                "http://0/",
                                "http://0.0.0.0/",
                                "http://１２７.０.０.１/",
                                "http://127。0。0。1/",
                                "http://10.0.0.1/",
                                "http://172.16.0.1/",
                                "http://192.168.0.1/",
                                "http://100.64.0.1/",
                                "http://169.254.169.254/latest/meta-data/",
                                "http://2852039166/latest/meta-data/",
                                "http://100.100.100.200/",
                                "http://168.63.129.16/",
                                "http://255.255.255.255/",
                                "http://224.0.0.1/"),
                        List.of(
                                "http://[::1]/",
                                "http://[::]/",
                                "http://[0:0:0:0:0:0:0:1]/",
                                "http://[::ffff:127.0.0.1]/",
                                "http://[::ffff:7f00:1]/",
                                "http://[::ffff:169.254.169.254]/",
                                "http://[::127.0.0.1]/",
                                "http://[64:ff9b::7f00:1]/",
                                "http://[2002:7f00:1::]/",
                                "http://[2001:0:808:808::80ff:fffe]/",
                                "http://[fe80::1%25eth0]/",
                                "http://[fe80::1]/",
                                "http://[fd00:ec2::254]/",
                                "http://[fc00::1]/"),
                        List.of(
                                "http://localhost/",
                                "http://LOCALHOST./",
                                "http://a.localhost/",
                                "http://metadata.google.internal/",
                                "http://metadata/",
                                "http://example.org@127.0.0.1/",
                                "http://127.0.0.1#@example.org/",
                                "http://example.org:80@127.0.0.1/",
                                "http://%31%32%37.0.0.1/",
                                "http:\\\\127.0.0.1/",
                                "http:///127.0.0.1/",
                                "//127.0.0.1/",
                                "http://127.0.0.1:80:80/"))
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("targets")
    void isRefusedAndNothingIsAsked(String url) {
        try (PictureLoader loader = loader(network, Duration.ofSeconds(20))) {
            assertRefused(loader, url);
        }
        assertThat(network.lookups).isEmpty();
        assertThat(network.connected).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void isRefusedWhereARedirectLeadsThere(String url) {
        network.name("pictures.example", PUBLIC);
        try (PictureLoader loader = loader(network, Duration.ofSeconds(20))) {
            String query = URLEncoder.encode(url, StandardCharsets.UTF_8);
            Throwable thrown = catchThrowable(() -> loader.load("http://pictures.example/to?" + query));
            assertThat(thrown).as(url).isInstanceOf(PictureException.class);
        }
        assertThat(network.connected).containsExactly(publicAddress());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1"})
    void aNameThatMeansAnotherAddressWhenItIsAskedForAgainGainsNothing(String target) throws IOException {
        try (DnsServer dns = new DnsServer(server.port(), PUBLIC, target);
                PictureLoader loader = loader(dns, Duration.ofSeconds(20))) {
            Throwable redirected = catchThrowable(() -> loader.load("http://rebind.example/hops/2"));

            assertThat(redirected).isInstanceOf(PictureException.class).hasMessageNotContaining(target);
            assertThat(dns.connected).containsExactly(publicAddress());
            assertRefused(loader, "http://rebind.example/cat.png");
            assertThat(dns.connected).hasSize(1);
        }
    }

    @Test
    void aNameThatStaysPublicIsFetchedByThatNameServer() throws Exception {
        try (DnsServer dns = new DnsServer(server.port(), PUBLIC);
                PictureLoader loader = loader(dns, Duration.ofSeconds(20))) {
            assertThat(loader.load("http://pictures.example/hops/2").width()).isEqualTo(48);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/slow-head", "/slow-body", "/endless", "/large", "/hops/9"})
    void aHostThatNeverComesToAnEndIsGivenUp(String path) {
        network.name("slow.example", PUBLIC);
        try (PictureLoader loader = loader(network, Duration.ofMillis(700))) {
            Throwable thrown = catchThrowable(() -> loader.load("http://slow.example" + path));

            assertThat(thrown)
                    .isInstanceOfSatisfying(
                            PictureException.class,
                            e -> assertThat(e.reason())
                                    .isIn(Reason.FETCH_TIMEOUT, Reason.TOO_LARGE, Reason.FETCH_REFUSED));
        }
    }

    private static void assertRefused(PictureLoader loader, String url) {
        Throwable thrown = catchThrowable(() -> loader.load(url));
        assertThat(thrown)
                .as(url)
                .isInstanceOfSatisfying(
                        PictureException.class, e -> assertThat(e.reason()).isIn(REFUSED));
    }

    private static PictureLoader loader(Network network, Duration timeout) {
        PictureSettings settings = new PictureSettings(100_000, 1_000_000, 16, timeout, AllowedDomains.parse(""));
        return new PictureLoader(settings, network, Tls.sockets());
    }

    private static InetAddress publicAddress() {
        return Host.parse(PUBLIC).literal().orElseThrow();
    }
}
