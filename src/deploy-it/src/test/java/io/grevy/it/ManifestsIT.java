package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What kustomize makes of {@code k8s}, held against schemas; the tests themselves are in {@code src/test/python}. */
@Timeout(600)
class ManifestsIT {

    @Test
    void areValidAndAgreeWithEachOther() throws Exception {
        Path tests = Checkout.root().resolve("src/deploy-it/src/test/python");
        Path python = Tools.python(tests.resolve("requirements.txt"));

        String printed = Command.run(
                tests,
                Map.of(
                        "GREVY_ROOT", Checkout.root().toString(),
                        "GREVY_KUSTOMIZE", String.join("\n", Tools.kustomize()),
                        "PYTHONDONTWRITEBYTECODE", "1"),
                List.of(python.toString(), "-m", "pytest", "-q", "-p", "no:cacheprovider", "."));

        assertThat(printed).containsPattern("\\b[1-9]\\d* passed").doesNotContain("skipped", "xfailed");
    }
}
