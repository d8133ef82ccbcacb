package io.grevy.openvino;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/topologies.md says of preprocessor_config.json: a smaller bound there, and a picture costs fewer tokens. */
class PreprocessorConfigTest {
    private static final String FILE = "preprocessor_config.json";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            qwen2_vl   | "max_pixels": \\d+                             | "max_pixels": 12544
            qwen2_5_vl | "max_pixels": \\d+                             | "max_pixels": 12544
            qwen3_vl   | "max_pixels": \\d+                             | "max_pixels": 12544
            llava_next | (?s)"image_grid_pinpoints": \\[.*?\\]\\s*\\]   | "image_grid_pinpoints": [[112, 112]]
            minicpmv   | "max_slice_nums": \\d+                         | "max_slice_nums": 1
            phi3_v     | "num_crops": \\d+                              | "num_crops": 1
            """)
    void aSmallerBoundMakesAPictureCheaper(String fixture, String setting, String smaller, @TempDir Path folder)
            throws IOException {
        Path model = Models.fixture(fixture);
        int before = promptTokens(model);

        assertThat(promptTokens(copy(model, folder, setting, smaller))).isLessThan(before);
    }

    /** The keys of Qwen3-VL as its authors write them; the exporter writes Qwen2-VL's beside them. */
    @ParameterizedTest
    @CsvSource({"qwen2_vl", "qwen3_vl"})
    void theLongestEdgeCountsWhereNoPixelsAreGiven(String fixture, @TempDir Path folder) throws IOException {
        Path model = Models.fixture(fixture);
        Path copy = copy(model, folder, "\"longest_edge\": \\d+", "\"longest_edge\": 12544");
        edit(copy.resolve(FILE), "\"(min|max)_pixels\": \\d+,", "");

        assertThat(promptTokens(copy)).isLessThan(promptTokens(model));
    }

    private static int promptTokens(Path model) {
        try (BatchingPipeline pipeline = Models.batching(model)) {
            String prompt = Models.prompt(pipeline.tokenizer(), "<ov_genai_image_0>Describe the image.");
            long request = pipeline.add(prompt, List.of(Models.picture(448, 448, 1)), Models.greedy(1));
            return new Loop(pipeline).finish().answer(request).promptTokens();
        }
    }

    private static Path copy(Path model, Path folder, String setting, String smaller) throws IOException {
        try (Stream<Path> files = Files.list(model)) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        edit(folder.resolve(FILE), setting, smaller);
        return folder;
    }

    private static void edit(Path file, String pattern, String replacement) throws IOException {
        String before = Files.readString(file);
        String after = before.replaceAll(pattern, replacement);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(file, after);
    }
}
