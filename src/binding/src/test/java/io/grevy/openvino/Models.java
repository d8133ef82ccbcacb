package io.grevy.openvino;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The models that the tests run: tiny, of random weights, and exact when computed in f32. */
final class Models {
    static final Map<String, Object> EXACT = Map.of("INFERENCE_PRECISION_HINT", "f32", "KV_CACHE_PRECISION", "f32");

    private static final Path ROOT = Path.of(System.getProperty("repository.root"));

    private Models() {}

    static Path fixture(String name) {
        Path folder = shipped("fixtures/" + name);
        assertThat(folder.resolve("config.json")).exists();
        return folder;
    }

    static Path demo() {
        return shipped("grevy/demo");
    }

    /** A model that comes with the source; one that is missing is a failure. */
    static Path shipped(String name) {
        Path model = ROOT.resolve("models").resolve(name);
        assertThat(model).exists();
        return model;
    }

    static Path vision() {
        return fixture("qwen2_vl");
    }

    static Path text() {
        return fixture("qwen2");
    }

    static BatchingPipeline batching(Path model) {
        return BatchingPipeline.open(model, "CPU", SchedulerSettings.defaults(), EXACT);
    }

    static SequentialPipeline sequential(Path model) {
        return ModelFolder.takesPictures(model)
                ? SequentialPipeline.openVision(model, "CPU", EXACT)
                : SequentialPipeline.openText(model, "CPU", EXACT);
    }

    /** The prompt of one user message. */
    static String prompt(Tokenizer tokenizer, String text) {
        return tokenizer.applyChatTemplate("[{\"role\":\"user\",\"content\":\"" + text + "\"}]", true, "", "", "");
    }

    /** As reference.py makes it. */
    static Rgb picture(int width, int height, int seed) {
        byte[] pixels = new byte[width * height * 3];
        for (int y = 0, at = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    pixels[at++] = (byte) (x * (3 + channel) + y * 5 + seed * 37);
                }
            }
        }
        return new Rgb(width, height, pixels);
    }

    static Map<String, Object> greedy(int tokens) {
        return Map.of("max_new_tokens", tokens, "ignore_eos", true, "do_sample", false);
    }

    /** As reference.py makes it. */
    static RgbVideo video(int width, int height, int seed, int frames, int framesPerSecond) {
        return new RgbVideo(
                IntStream.range(0, frames)
                        .mapToObj(i -> picture(width, height, seed + i))
                        .toList(),
                framesPerSecond);
    }

    /**
     * A question that both sides of a comparison ask.
     *
     * @param pictures of width, height and seed; those of which frames and frames a second follow are videos
     */
    record Question(String text, List<int[]> pictures) {
        static Question of(String text, int[]... pictures) {
            return new Question(text, List.of(pictures));
        }

        List<Rgb> rgb() {
            return pictures.stream()
                    .filter(p -> p.length == 3)
                    .map(p -> picture(p[0], p[1], p[2]))
                    .toList();
        }

        List<RgbVideo> videos() {
            return pictures.stream()
                    .filter(p -> p.length == 5)
                    .map(p -> video(p[0], p[1], p[2], p[3], p[4]))
                    .toList();
        }
    }
}
