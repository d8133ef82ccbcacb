package io.grevy.image;

/**
 * Makes pictures smaller by averaging: a pixel of the result is the mean of the area that it covers, parts of pixels
 * counted in part. Nothing between is left out, as it would be by picking single pixels. Columns first, then rows.
 */
final class Downscale {

    private static final int CHANNELS = 3;

    private Downscale() {}

    static Picture of(Picture picture, int longest) {
        if (longest < 1) {
            throw new IllegalArgumentException("a picture of " + longest + " pixels");
        }
        int side = Math.max(picture.width(), picture.height());
        if (side <= longest) {
            return picture;
        }
        int width = scaled(picture.width(), longest, side);
        int height = scaled(picture.height(), longest, side);
        return new Picture(width, height, average(picture, width, height));
    }

    private static int scaled(int length, int longest, int side) {
        return Math.max(1, (int) Math.round((double) length * longest / side));
    }

    /** Row by row: the sums of one row of the result are all that is held besides both pictures. */
    private static byte[] average(Picture picture, int width, int height) {
        Share[] columns = shares(picture.width(), width);
        Share[] rows = shares(picture.height(), height);
        byte[] result = new byte[width * height * CHANNELS];
        float[] narrow = new float[width * CHANNELS];
        float[] sums = new float[width * CHANNELS];
        for (int row = 0; row < height; row++) {
            java.util.Arrays.fill(sums, 0);
            Share share = rows[row];
            for (int i = 0; i < share.weights.length; i++) {
                narrow(picture, share.first + i, columns, narrow);
                for (int j = 0; j < sums.length; j++) {
                    sums[j] += narrow[j] * share.weights[i];
                }
            }
            for (int j = 0; j < sums.length; j++) {
                result[row * sums.length + j] = (byte) Math.min(255, Math.round(sums[j]));
            }
        }
        return result;
    }

    private static void narrow(Picture picture, int row, Share[] columns, float[] narrow) {
        byte[] rgb = picture.rgb();
        int begin = row * picture.width() * CHANNELS;
        for (int column = 0; column < columns.length; column++) {
            Share share = columns[column];
            float red = 0;
            float green = 0;
            float blue = 0;
            int at = begin + share.first * CHANNELS;
            for (float weight : share.weights) {
                red += (rgb[at] & 0xff) * weight;
                green += (rgb[at + 1] & 0xff) * weight;
                blue += (rgb[at + 2] & 0xff) * weight;
                at += CHANNELS;
            }
            narrow[column * CHANNELS] = red;
            narrow[column * CHANNELS + 1] = green;
            narrow[column * CHANNELS + 2] = blue;
        }
    }

    /** What each of the shorter row's places covers of the longer one. */
    private static Share[] shares(int from, int to) {
        Share[] shares = new Share[to];
        double step = (double) from / to;
        for (int i = 0; i < to; i++) {
            double begin = i * step;
            double end = Math.min(from, begin + step);
            int first = (int) begin;
            int last = Math.min(from, (int) Math.ceil(end)) - 1;
            float[] weights = new float[Math.max(1, last - first + 1)];
            for (int j = 0; j < weights.length; j++) {
                double covered = Math.min(end, first + j + 1.0) - Math.max(begin, first + j);
                weights[j] = (float) (covered / (end - begin));
            }
            shares[i] = new Share(first, weights);
        }
        return shares;
    }

    /** Weights of the places from {@code first} on; their sum is 1. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Share(int first, float[] weights) {}
}
