package io.grevy.image;

import static io.grevy.image.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.image.PictureException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that should not be made for a client, against a real server behind a network of names. */
@Timeout(30)
class AddressGuardTest {

    private static final String PUBLIC = "93.184.216.34";

    private final PictureServer server = new PictureServer();
    private final TestNetwork network = new TestNetwork(server.port());

    AddressGuardTest() throws IOException {}

    @AfterEach
    void close() {
        server.close();
    }

    private PictureLoader loader(String domains) {
        PictureSettings settings =
                new PictureSettings(1_000_000, 1_000_000, 16, Duration.ofSeconds(10), AllowedDomains.parse(domains));
        return new PictureLoader(settings, network, Tls.sockets());
    }

    @Test
    void aNameWithAPublicAddressIsFetchedUnderItsName() throws PictureException {
        network.name("pictures.example", PUBLIC);
        try (PictureLoader loader = loader("")) {
            assertThat(loader.load("http://pictures.example/cat.png").width()).isEqualTo(48);
        }
        assertThat(network.lookups).containsExactly("pictures.example");
        assertThat(server.requests.get(0).get("Host")).containsExactly("pictures.example");
    }

    @Test
    void aNameThatChangesItsAddressIsConnectedToWhereItWasChecked() throws Exception {
        network.name("rebind.example", PUBLIC).name("rebind.example", "127.0.0.1");
        try (PictureLoader loader = loader("")) {
            assertThat(loader.load("http://rebind.example/cat.png").width()).isEqualTo(48);
            assertThat(network.lookups).hasSize(1);
            assertThat(network.connected).containsExactly(InetAddress.getByName(PUBLIC));

            refused(Reason.FETCH_REFUSED, () -> loader.load("http://rebind.example/cat.png"));
            assertThat(network.connected).hasSize(1);
        }
    }

    @Test
    void aNameThatChangesItsAddressBetweenRedirectsIsCheckedAgain() {
        network.name("rebind.example", PUBLIC).name("rebind.example", "127.0.0.1");
        try (PictureLoader loader = loader("")) {
            refused(Reason.FETCH_REFUSED, () -> loader.load("http://rebind.example/hops/2"));
        }
        assertThat(network.lookups).hasSize(2);
        assertThat(network.connected).hasSize(1);
    }

    @Test
    void oneBadAddressAmongGoodOnesIsEnough() {
        network.name("mixed.example", PUBLIC, "10.0.0.1");
        try (PictureLoader loader = loader("")) {
            refused(Reason.FETCH_REFUSED, () -> loader.load("http://mixed.example/cat.png"));
        }
        assertThat(network.connected).isEmpty();
    }

    @Test
    void aRedirectToANameWithAPrivateAddressIsRefused() {
        network.name("pictures.example", PUBLIC).name("intranet.example", "192.168.1.7");
        try (PictureLoader loader = loader("")) {
            String message = refused(
                    Reason.FETCH_REFUSED,
                    () -> loader.load("http://pictures.example/to?http://intranet.example/cat.png"));
            assertThat(message).doesNotContain("192.168");
        }
        assertThat(network.connected).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "100.100.100.200",
                "0.0.0.0",
                "192.0.0.8",
                "198.18.0.1",
                "192.0.2.1",
                "255.255.255.255",
                "224.0.0.1",
                "168.63.129.16",
                "::1",
                "::",
                "fc00::1",
                "fe80::1",
                "fd00:ec2::254",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "2002:7f00:1::",
                "2001:0:808:808::80ff:fffe",
                "2001:db8::1",
                "ff02::1"
            })
    void refusesTheAddressAsItIsAndBehindAName(String address) {
        network.name("name.example", address);
        try (PictureLoader loader = loader("")) {
            String host = address.contains(":") ? "[" + address + "]" : address;
            refused(Reason.FETCH_REFUSED, () -> loader.check("http://" + host + "/"));
            refused(Reason.FETCH_REFUSED, () -> loader.load("https://" + host + ":8443/x"));
            refused(Reason.FETCH_REFUSED, () -> loader.load("http://name.example/x"));
        }
        assertThat(network.connected).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST.",
                "foo.localhost",
                "metadata.google.internal",
                "Metadata.Google.Internal.",
                "metadata",
                "metadata.goog",
                "instance-data"
            })
    void refusesNamesWithoutAskingForThem(String name) {
        try (PictureLoader loader = loader("")) {
            refused(Reason.FETCH_REFUSED, () -> loader.check("http://" + name + "/"));
        }
        assertThat(network.lookups).isEmpty();
    }

    @Test
    void aListedHostMayHaveAPrivateAddress() throws PictureException {
        network.name("intranet.example", "127.0.0.1");
        try (PictureLoader loader = loader("intranet.example:" + server.port())) {
            String url = "http://intranet.example:" + server.port() + "/cat.png";
            assertThat(loader.load(url).width()).isEqualTo(48);
            refused(Reason.FETCH_REFUSED, () -> loader.check("http://intranet.example/cat.png"));
            refused(Reason.FETCH_REFUSED, () -> loader.check("http://other.example/cat.png"));
        }
    }

    @Test
    void noListMakesAMetadataServiceReachable() {
        network.name("listed.example", "169.254.169.254");
        try (PictureLoader loader = loader("listed.example,169.254.169.254,metadata.google.internal")) {
            refused(Reason.FETCH_REFUSED, () -> loader.load("http://listed.example/"));
            refused(Reason.FETCH_REFUSED, () -> loader.load("http://169.254.169.254/"));
            refused(Reason.FETCH_REFUSED, () -> loader.load("http://metadata.google.internal/"));
        }
        assertThat(network.connected).isEmpty();
    }

    @Test
    void anUnknownNameIsAFailure() {
        try (PictureLoader loader = loader("")) {
            assertThat(refused(Reason.FETCH_FAILED, () -> loader.load("http://nowhere.example/")))
                    .contains("nowhere.example");
        }
    }
}
