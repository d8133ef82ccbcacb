package io.grevy.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.repository.RepositoryException;
import io.grevy.repository.SourceModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PullRequestTest {

    @Test
    void isAbsentWithoutASourceModel() {
        assertThat(read("model_repository_path=models overwrite_models=true")).isEmpty();
    }

    @Test
    void isReadFromTheSettings() {
        assertThat(read("source_model=Org/Model@v1 model_repository_path=models task=text_generation"))
                .contains(new PullRequest(
                        new SourceModel("Org/Model", Optional.of("v1")),
                        Path.of("/base/models"),
                        Optional.empty(),
                        false));
        assertThat(read("source_model=a model_repository_path=/m overwrite_models=true gguf_filename=b/c.gguf"))
                .contains(new PullRequest(
                        new SourceModel("a", Optional.empty()), Path.of("/m"), Optional.of("b/c.gguf"), true));
    }

    @Test
    void pullsIntoTheModelsNameInTheRepositoryWhateverTheRevision() {
        assertThat(read("source_model=Org/Model@v1 model_repository_path=models"))
                .map(PullRequest::folder)
                .contains(Path.of("/base/models/Org/Model"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            source_model=a/b                                             | source_model 'a/b': model_repository_path is needed, the folder to pull it into
            source_model=../b model_repository_path=m                    | source_model '../b': a model on a hub is named <organisation>/<model>, of letters, digits, '.', '_' and '-'
            source_model=a/b@../c model_repository_path=m                | source_model: the revision '../c' is no branch, tag or commit
            source_model=a/b model_repository_path=m task=embeddings     | task 'embeddings': allowed is text_generation; models of other tasks are not served
            source_model=a/b model_repository_path=m overwrite_models=on | overwrite_models 'on': allowed are true, false
            gguf_filename=a.gguf                                         | gguf_filename 'a.gguf': source_model is needed, to say which repository holds it
            source_model=a model_repository_path=m gguf_filename=a.bin   | gguf_filename 'a.bin': a file of the repository that ends in .gguf is expected
            source_model=a model_repository_path=m gguf_filename=../a.gguf | gguf_filename '../a.gguf': a file of the repository that ends in .gguf is expected
            source_model=a model_repository_path=m gguf_filename=a-00002-of-00003.gguf | gguf_filename 'a-00002-of-00003.gguf': of a model in parts the first is to be named, …-00001-of-00003.gguf
            """)
    void refusesNamingTheSetting(String settings, String message) {
        assertThatThrownBy(() -> read(settings))
                .isInstanceOf(RepositoryException.class)
                .hasMessage(message);
    }

    private static Optional<PullRequest> read(String settings) {
        Map<String, String> all = Arrays.stream(settings.split(" "))
                .map(setting -> setting.split("=", 2))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
        return PullRequest.read(key -> Optional.ofNullable(all.get(key)), Path.of("/base"));
    }
}
