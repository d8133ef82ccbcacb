package io.grevy.bench.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadedStreamTest {

    private static final String WHOLE = """
            HTTP/1.1 200 OK

            data: {"choices":[{"index":0,"delta":{"role":"assistant","content":"1000000 "}}]}

            data: {"choices":[{"index":0,"delta":{"content":"3000000 "}}]}

            data: {"choices":[{"index":0,"delta":{},"finish_reason":"length"}]}

            data: [DONE]

            """;

    private final Delays delays = new Delays();
    private final LoadedStream stream = new LoadedStream(2, delays);

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void takesTheDelayOfEachTokenHoweverTheStreamIsCut(int length) {
        byte[] bytes = WHOLE.getBytes(UTF_8);
        for (int at = 0; at < bytes.length; at += length) {
            stream.take(ByteBuffer.wrap(bytes, at, Math.min(length, bytes.length - at)), 5_000_000);
        }

        assertThat(stream.whole()).isTrue();
        assertThat(delays.count()).isEqualTo(2);
        assertThat(delays.millis(50)).isEqualTo(2);
        assertThat(delays.millis(100)).isEqualTo(4);
    }

    @Test
    void isNotWholeWithoutItsEnd() {
        take(WHOLE.substring(0, WHOLE.indexOf("data: [DONE]")));

        assertThat(stream.whole()).isFalse();
    }

    @Test
    void isNotWholeWithATokenMissing() {
        take(WHOLE.replace("\"content\":\"3000000 \"", ""));

        assertThat(stream.done()).isTrue();
        assertThat(stream.whole()).isFalse();
    }

    @Test
    void keepsWhatTheServerSaidWasWrong() {
        take("HTTP/1.1 429 Too Many Requests\n\n{}\n");

        assertThat(stream.trouble()).isEqualTo("HTTP/1.1 429 Too Many Requests");
        assertThat(stream.whole()).isFalse();
    }

    private void take(String text) {
        stream.take(ByteBuffer.wrap(text.getBytes(UTF_8)), 5_000_000);
    }
}
