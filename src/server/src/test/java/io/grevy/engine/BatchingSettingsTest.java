package io.grevy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.openvino.SchedulerSettings;
import io.grevy.repository.ModelDefinition;
import io.grevy.repository.ModelRepository;
import io.grevy.repository.ServingOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchingSettingsTest {
    private static final int CONTEXT = 8192;

    @Test
    void whatIsAskedForReachesTheEngine() {
        SchedulerSettings settings = BatchingSettings.scheduler(qwen2(Map.of("max_num_batched_tokens", "300")));

        assertThat(settings.maxNumBatchedTokens()).isEqualTo(300);
        assertThat(settings.dynamicSplitFuse()).isTrue();
        assertThat(settings.enablePrefixCaching()).isTrue();
    }

    @Test
    void withoutSplittingAStepTakesTheLongestPromptAndEverySequence() {
        assertThat(tokens(Map.of("dynamic_split_fuse", "false"))).isEqualTo(CONTEXT);
        assertThat(tokens(Map.of("dynamic_split_fuse", "false", "max_num_batched_tokens", "9000")))
                .isEqualTo(9000);
        assertThat(tokens(Map.of("dynamic_split_fuse", "false", "max_num_seqs", "10000")))
                .isEqualTo(10_000);
    }

    @Test
    void picturesThatAreToComeInOneStepDo() {
        assertThat(BatchingSettings.scheduler(fixture("gemma3", Map.of())).maxNumBatchedTokens())
                .isEqualTo(8192);
        assertThat(BatchingSettings.scheduler(fixture("gemma3", Map.of("max_num_batched_tokens", "10000")))
                        .maxNumBatchedTokens())
                .isEqualTo(10_000);
        assertThat(BatchingSettings.scheduler(fixture("qwen2_vl", Map.of())).maxNumBatchedTokens())
                .isEqualTo(256);
    }

    @Test
    void thereIsNoPrefixCachingWithPromptLookup() {
        SchedulerSettings settings = BatchingSettings.scheduler(
                qwen2(Map.of("plugin_config", "{\"prompt_lookup\": true}", "enable_prefix_caching", "true")));

        assertThat(settings.enablePrefixCaching()).isFalse();
    }

    private static int tokens(Map<String, String> settings) {
        return BatchingSettings.scheduler(qwen2(settings)).maxNumBatchedTokens();
    }

    private static ModelDefinition qwen2(Map<String, String> settings) {
        return fixture("qwen2", settings);
    }

    private static ModelDefinition fixture(String name, Map<String, String> settings) {
        return ModelRepository.single(
                "m",
                Path.of(System.getProperty("repository.root"), "models/fixtures", name),
                ServingOptions.read(key -> Optional.ofNullable(settings.get(key))));
    }
}
