package io.grevy.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GgufTest {
    private static final Path FIXTURE =
            Path.of(System.getProperty("repository.root"), "models/fixtures/llama_gguf/llama.gguf");

    @TempDir
    Path folder = Path.of("");

    @Test
    void readsWhatAGgufFileSaysOfItsModel() {
        GgufHeader header = GgufHeader.read(FIXTURE);

        assertThat(header.architecture()).isEqualTo("llama");
        assertThat(header.contextLength()).hasValue(8192);
        assertThat(header.specialTokens())
                .containsAllEntriesOf(Map.of(0, "<|endoftext|>", 1, "<|im_start|>", 2, "<|im_end|>"))
                .hasSize(7);
    }

    @Test
    void describesTheFileItselfAndAFolderThatHoldsItAlike() {
        ModelDefinition expected = new ModelDefinition(
                "m",
                FIXTURE,
                PipelineType.LM_CB,
                ExecutionSettings.defaults(),
                new ModelFacts("llama", false, OptionalInt.of(8192)),
                1);

        assertThat(single(FIXTURE)).isEqualTo(expected);
        assertThat(single(FIXTURE.resolveSibling(""))).isEqualTo(expected);
    }

    @Test
    void readsTheGraphBesideAGgufFileWhoseFolderIsNamed() throws IOException {
        Path file = folder.resolve("m.gguf");
        Files.copy(FIXTURE, file);
        TestModels.graph(folder, "models_path: './' pipeline_type: LM max_num_seqs: 7");

        assertThat(single(folder).pipeline()).isEqualTo(PipelineType.LM);
        assertThat(single(folder).folder()).isEqualTo(file);
        assertThat(single(folder).execution().maxNumSeqs()).isEqualTo(7);
        assertThat(single(file).pipeline()).isEqualTo(PipelineType.LM_CB);
    }

    @Test
    void followsAModelsPathThatNamesAGgufFile() {
        TestModels.graph(folder, "models_path: '" + FIXTURE + "'");

        assertThat(single(folder).folder()).isEqualTo(FIXTURE);
    }

    @Test
    void refusesToChooseBetweenSeveral() throws IOException {
        Files.copy(FIXTURE, folder.resolve("b-Q4.gguf"));
        Files.copy(FIXTURE, folder.resolve("a-Q8.gguf"));

        assertThatThrownBy(() -> single(folder))
                .isInstanceOf(RepositoryException.class)
                .hasMessage(folder + ": several GGUF files, of which one is to be named: a-Q8.gguf, b-Q4.gguf");
    }

    @Test
    void takesTheFirstOfAModelInParts() throws IOException {
        Files.copy(FIXTURE, folder.resolve("m-00001-of-00002.gguf"));
        TestModels.write(folder.resolve("m-00002-of-00002.gguf"), "");

        assertThat(single(folder).folder()).isEqualTo(folder.resolve("m-00001-of-00002.gguf"));
    }

    @Test
    void prefersAModelInOpenVinosFormat() throws IOException {
        TestModels.text(folder);
        Files.copy(FIXTURE, folder.resolve("m.gguf"));

        assertThat(single(folder).folder()).isEqualTo(folder);
    }

    @Test
    void refusesToSeeWithAGgufFile() {
        assertThatThrownBy(() -> ModelRepository.single(
                        "m",
                        FIXTURE,
                        ServingOptions.read(key -> Optional.of("VLM_CB").filter(type -> key.equals("pipeline_type")))))
                .hasMessage("pipeline_type VLM_CB is for vision-language models, but " + FIXTURE
                        + " holds a text model (llama): ask for LM_CB or AUTO");
    }

    @Test
    void namesAFileThatIsNotThere() {
        Path absent = folder.resolve("absent.gguf");

        assertThatThrownBy(() -> single(absent)).hasMessage(absent + ": no such file");
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 20, 40, 600})
    void refusesAFileThatEndsInItsHeader(int length) throws IOException {
        byte[] whole = Files.readAllBytes(FIXTURE);
        Path file = folder.resolve("m.gguf");
        Files.write(file, java.util.Arrays.copyOf(whole, length));

        assertThatThrownBy(() -> single(file))
                .isInstanceOf(RepositoryException.class)
                .hasMessageStartingWith(file + ": its GGUF header cannot be read (");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0x00000000 | 3 | : not a GGUF file
            0x46554747 | 1 | : GGUF version 1; 2 and 3 are read
            0x46554747 | 3 | : general.architecture: a string is expected
            """)
    void refusesWhatIsNoGgufFile(String magic, int version, String message) throws IOException {
        Path file = folder.resolve("m.gguf");
        Files.write(file, header(Integer.decode(magic), version, 0).array());

        assertThatThrownBy(() -> single(file)).hasMessage(file + message);
    }

    @Test
    void refusesAnArrayThatClaimsMoreThanTheFileHolds() throws IOException {
        byte[] key = "tokenizer.ggml.tokens".getBytes(StandardCharsets.UTF_8);
        ByteBuffer claims = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
        claims.put(header(0x46554747, 3, 1).array());
        claims.putLong(key.length).put(key).putInt(9).putInt(8).putLong(Long.MAX_VALUE);
        Path file = folder.resolve("m.gguf");
        Files.write(file, claims.array());

        assertThatThrownBy(() -> single(file))
                .hasMessageStartingWith(
                        file + ": its GGUF header cannot be read (a count of 9223372036854775807 where");
    }

    private static ByteBuffer header(int magic, int version, long values) {
        return ByteBuffer.allocate(24)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(magic)
                .putInt(version)
                .putLong(0)
                .putLong(values);
    }

    private static ModelDefinition single(Path path) {
        return ModelRepository.single("m", path, ServingOptions.none());
    }
}
