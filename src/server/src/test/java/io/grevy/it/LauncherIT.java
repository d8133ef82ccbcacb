package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The launcher and the whole server behind it, as processes of their own. */
@Timeout(400)
class LauncherIT {

    @Test
    void servesTheDemoModelOnLoopbackAndEndsCleanlyWhenTold() throws Exception {
        try (GrevyProcess grevy = GrevyProcess.start().awaitAvailable()) {
            HttpResponse<String> config = new Http(grevy.url()).get("/v1/config");
            assertThat(config.body()).contains("\"grevy/demo\"", "\"AVAILABLE\"");
            assertThat(config.version()).as("to a client that offers HTTP/2").isEqualTo(HttpClient.Version.HTTP_1_1);
            List<ProcessHandle> children = grevy.descendants();
            assertThat(children).isNotEmpty();

            int code = grevy.terminate();

            assertThat(code).isIn(0, 143);
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThatThrownBy(() -> new Socket("127.0.0.1", grevy.port()).close())
                    .isInstanceOf(ConnectException.class);
            assertThat(grevy.said()).doesNotContain("Exception", "ERROR");
        }
    }

    @Test
    void aStreamUnderWayEndsBeforeTheServerDoes() throws Exception {
        try (GrevyProcess grevy = GrevyProcess.start().awaitAvailable();
                RawStream stream = RawStream.open(grevy.url(), """
                        {"model": "grevy/demo", "max_tokens": 600, "ignore_eos": true, "stream": true,
                         "messages": [{"role": "user", "content": "Who are you?"}]}
                        """)) {
            stream.next();
            Thread ending = new Thread(() -> {
                try {
                    grevy.terminate();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            ending.start();

            assertThat(stream.rest()).last().asString().contains("\"finish_reason\":\"length\"");
            ending.join();
        }
    }

    @Test
    void aFolderThatHoldsNoModelIsNamedAtOnce() throws Exception {
        try (GrevyProcess grevy = GrevyProcess.start("--model_path", "docs")) {
            assertThatThrownBy(grevy::awaitAvailable).isInstanceOf(AssertionError.class);
            assertThat(grevy.said()).contains("docs").doesNotContain("Exception");
        }
    }
}
