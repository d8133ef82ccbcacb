package io.grevy.it;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Random;
import javax.imageio.ImageIO;

/** Bodies of requests to the demo model. */
final class DemoCall {

    private static final int SIDE = 56;

    private final Random random = new Random(8);

    static String aboutTheCircle() throws IOException {
        return body(Http.dataUri(Checkout.model("pictures/photo-red-circle.jpg")), "");
    }

    /** As real requests are: a picture that was there before, and one that is new. */
    String next() throws IOException {
        BufferedImage fresh = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        fresh.setRGB(0, 0, SIDE, SIDE, random.ints(SIDE * SIDE).toArray(), 0, SIDE);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(fresh, "png", png);
        return body(
                Http.dataUri(Checkout.model("pictures/photo-red-circle.jpg")),
                picture("data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray())));
    }

    private static String body(String picture, String more) {
        return """
                {"model": "grevy/demo", "max_completion_tokens": 20, "messages": [{"role": "user", "content": [
                  {"type": "text", "text": "Describe what is on the picture."}%s%s]}]}
                """.formatted(picture(picture), more);
    }

    private static String picture(String uri) {
        return ", {\"type\": \"image_url\", \"image_url\": {\"url\": \"%s\"}}".formatted(uri);
    }
}
