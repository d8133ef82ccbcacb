package io.grevy.image;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From a data URI to RGB: a soft picture with some grain, so that the files are as large as photographs'. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@SuppressWarnings("NullAway.Init") // by @Setup
public class PictureDecoding {

    private static final int GRAIN = 12;

    @Param({"320x240", "448x448", "1280x960", "4000x3000"})
    public String size;

    @Param({"jpeg", "png"})
    public String format;

    private final PictureLoader loader = new PictureLoader(PictureSettings.defaults());
    private String url;

    @Setup
    public void prepare() throws IOException {
        String[] sides = size.split("x", 2);
        BufferedImage image = picture(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(image, format, file);
        url = "data:image/" + format + ";base64," + Base64.getEncoder().encodeToString(file.toByteArray());
    }

    private static BufferedImage picture(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, Color.ORANGE, width, height, Color.BLUE));
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        Random chance = new Random(0);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, image.getRGB(x, y) ^ chance.nextInt(GRAIN));
            }
        }
        return image;
    }

    @Benchmark
    public Object decode() throws PictureException {
        return loader.load(url);
    }
}
