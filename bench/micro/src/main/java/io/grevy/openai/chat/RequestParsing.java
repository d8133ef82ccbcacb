package io.grevy.openai.chat;

import io.grevy.image.AllowedDomains;
import io.grevy.image.PictureLoader;
import io.grevy.image.PictureSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From a body's bytes to a request whose every field is checked; the picture is checked, and not decoded. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // by @Setup
public class RequestParsing {

    private static final int MIB = 1 << 20;

    /** Of the JPEG file; 0 for none. */
    @Param({"0", "20000", "400000", "4000000"})
    public int pictureBytes;

    private ChatRequestReader reader;
    private byte[] body;

    @Setup
    public void prepare() {
        PictureSettings pictures =
                new PictureSettings(20 * MIB, 40_000_000, 16, Duration.ofSeconds(10), AllowedDomains.parse(""));
        ChatSettings settings = new ChatSettings(64 * MIB, 256 * MIB, 512, 8, Duration.ofSeconds(20), pictures);
        PictureReader picture = new PictureReader(new PictureLoader(pictures), settings);
        reader = new ChatRequestReader(
                new MessagesReader(new PartsReader(picture, new VideoReader(picture)), picture), settings);
        body = body().getBytes(StandardCharsets.UTF_8);
    }

    private String body() {
        byte[] file = new byte[pictureBytes];
        new Random(0).nextBytes(file);
        String part = pictureBytes == 0
                ? ""
                : ",{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/jpeg;base64,"
                        + Base64.getEncoder().encodeToString(file) + "\"}}";
        return "{\"model\":\"grevy/demo\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":"
                + "\"Describe what is on the picture.\"}" + part + "]}],\"temperature\":0.0,"
                + "\"max_completion_tokens\":128,\"stream\":true,\"stream_options\":{\"include_usage\":true},"
                + "\"ignore_eos\":true}";
    }

    @Benchmark
    public Object read() {
        return reader.read(body);
    }
}
