package io.grevy.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ConnectionTableTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1"})
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux lists its connections in /proc")
    void knowsAConnectionUntilTheClientClosesIt(String address) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName(address));
                Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                Socket accepted = server.accept()) {
            BooleanSupplier isThere = new ConnectionTable()
                    .watch(accepted.getLocalPort(), accepted.getInetAddress().getHostAddress(), accepted.getPort());
            assertThat(isThere.getAsBoolean()).isTrue();

            client.close();

            while (isThere.getAsBoolean()) {
                Thread.sleep(10);
            }
        }
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux lists its connections in /proc")
    void knowsAConnectionThatIsYoungerThanTheLastReading() throws Exception {
        ConnectionTable table = new ConnectionTable();
        try (ServerSocket server = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
            for (int i = 0; i < 2; i++) {
                try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
                        Socket accepted = server.accept()) {
                    BooleanSupplier isThere = table.watch(accepted.getLocalPort(), "127.0.0.1", accepted.getPort());
                    assertThat(isThere.getAsBoolean()).isTrue();

                    client.close();

                    while (isThere.getAsBoolean()) {
                        Thread.sleep(10);
                    }
                }
            }
        }
    }

    @Test
    void neverTakesAClientForGoneThatItNeverSaw() throws Exception {
        assertThat(new ConnectionTable().watch(1, "192.0.2.1", 1).getAsBoolean())
                .isTrue();
        assertThat(new ConnectionTable(List.of(Path.of("no such list")))
                        .watch(8000, "127.0.0.1", 4711)
                        .getAsBoolean())
                .isTrue();
    }
}
