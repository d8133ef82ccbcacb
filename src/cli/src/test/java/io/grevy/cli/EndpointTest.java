package io.grevy.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, http://127.0.0.1:8000/v3",
        "0.0.0.0, http://127.0.0.1:8000/v3",
        "::1, http://[::1]:8000/v3",
        "localhost, http://localhost:8000/v3"
    })
    void hasAnAddressThatAClientHereCanAsk(String address, String uri) {
        assertThat(new Endpoint(address, 8000).uri("/v3")).hasToString(uri);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "localhost"})
    void acceptsAFreePort(String address) throws IOException {
        new Endpoint(address, TestPorts.free()).requireFree();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0"})
    void namesAPortInUse(String address) throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> new Endpoint(address, other.getLocalPort()).requireFree())
                    .isInstanceOf(UsageException.class)
                    .hasMessage("port " + other.getLocalPort() + " on " + address
                            + " is in use already; give another with --rest_port");
        }
    }

    @Test
    void namesAnAddressOfAnotherMachine() {
        assertThatThrownBy(() -> new Endpoint("192.0.2.1", TestPorts.free()).requireFree())
                .isInstanceOf(UsageException.class)
                .hasMessage("rest_bind_address '192.0.2.1': not an address of this machine");
    }

    @Test
    void namesAHostThatDoesNotExist() {
        assertThatThrownBy(() -> new Endpoint("no-such-host.invalid", 8000).requireFree())
                .isInstanceOf(UsageException.class)
                .hasMessage("rest_bind_address 'no-such-host.invalid': no such host");
    }
}
