package io.grevy.openai.chat;

import io.grevy.component.Settings;
import io.grevy.image.PictureLoader;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.eclipse.microprofile.config.Config;

/** What several tests start from. */
final class Samples {

    static final AnswerHead HEAD = new AnswerHead("chatcmpl-1", 1700000000, "org/model", "fp_0123456789");

    private Samples() {}

    static Settings settings(Map<String, String> values) {
        Config config = (Config) Proxy.newProxyInstance(
                Samples.class.getClassLoader(), new Class<?>[] {Config.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("getOptionalValue")) {
                        throw new UnsupportedOperationException(method.toString());
                    }
                    return Optional.ofNullable(values.get((String) arguments[0]));
                });
        return new Settings(config);
    }

    static ChatSettings chatSettings(Map<String, String> values) {
        return ChatSettings.from(settings(values));
    }

    static ChatRequestReader reader(ChatSettings settings) {
        PictureLoader pictures = new PictureLoader(settings.pictures());
        PictureReader reader = new PictureReader(pictures, settings);
        return new ChatRequestReader(
                new MessagesReader(new PartsReader(reader, new VideoReader(reader)), reader), settings);
    }

    /** A PNG of one colour as a data URI. */
    static String picture(int width, int height, int rgb) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, rgb);
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }
}
