package io.grevy.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that obey a structure, and structures that are none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StructuresTest {
    private BatchingPipeline text;

    @BeforeAll
    void open() {
        text = Models.batching(Models.text());
    }

    @AfterAll
    void close() {
        text.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "regex ~ [a-c]{3}-[0-9]{2} ~ [a-c]{3}-[0-9]{2}",
                "grammar ~ root ::= \"yes\" [ ] (\"ja\" | \"да\") ~ yes (ja|да)",
                "structural_tag ~ {\"type\":\"structural_tag\",\"format\":{\"type\":\"regex\",\"pattern\":\"x[0-9]y\"}} ~ x[0-9]y",
                "structural_tag ~ {\"type\":\"structural_tag\",\"format\":{\"type\":\"tag\",\"begin\":\"<f>\",\"end\":\"</f>\",\"content\":{\"type\":\"json_schema\",\"json_schema\":{\"enum\":[7]}}}} ~ <f>7</f>"
            })
    void anAnswerObeysIt(String kind, String structure, String expected) {
        Map<String, Object> options = Map.of("max_new_tokens", 60, "do_sample", true, "rng_seed", 5, kind, structure);
        text.compile(options);

        assertThat(answer(options)).matches(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "json_schema | {\"type\":\"nothing\"}",
                "json_schema | false",
                "json_schema | not JSON",
                "json_schema | {\"type\":\"string\",\"pattern\":\"(\"}",
                "regex | (a",
                "regex | [z-a]",
                "grammar | root ::= nowhere",
                "grammar | elsewhere ::= \"a\"",
                "structural_tag | {}",
                "structural_tag | not JSON",
                "structural_tag | {\"type\":\"structural_tag\",\"format\":{\"type\":\"regex\",\"pattern\":\"(\"}}"
            })
    void aBadOneIsRefusedWhetherCompiledOrAdded(String kind, String structure) {
        Map<String, Object> options = Map.of("max_new_tokens", 4, kind, structure);

        assertThatThrownBy(() -> text.compile(options)).isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> text.add(prompt(), List.of(), options)).isInstanceOf(EngineException.class);
        assertThat(answer(Map.of("max_new_tokens", 4))).isNotNull();
    }

    @Test
    void compilesWhileTheLoopStepsAndTheEngineForgetsWhatItCompiled() {
        long running = text.add(prompt(), List.of(), Map.of("max_new_tokens", 400, "ignore_eos", true));
        Loop loop = new Loop(text).step();
        CompletableFuture<Void> compiling = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 300; i++) {
                text.compile(Map.of("regex", "a{" + i + "}b"));
            }
        });
        while (!compiling.isDone() || text.hasUnfinished()) {
            loop.step();
        }
        assertThat(compiling).isCompleted();
        assertThat(loop.answer(running).tokens()).hasSize(400);

        assertThat(answer(Map.of("max_new_tokens", 9, "regex", "a{3}b"))).isEqualTo("aaab");
        text.compile(Map.of("regex", "c{3}"));
        assertThat(answer(Map.of("max_new_tokens", 9, "regex", "c{3}"))).isEqualTo("ccc");
    }

    @Test
    void aBadOneBesideOthersLeavesThemAlone() {
        long running = text.add(prompt(), List.of(), Map.of("max_new_tokens", 50, "ignore_eos", true));
        Loop loop = new Loop(text).step();

        assertThatThrownBy(() -> CompletableFuture.runAsync(() -> text.compile(Map.of("regex", "(")))
                        .join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(EngineException.class);

        assertThat(loop.finish().answer(running).tokens()).hasSize(50);
    }

    @Test
    void obeysAlsoWhereOneRequestRunsAtATime() {
        try (SequentialPipeline sequential = SequentialPipeline.openVision(Models.vision(), "CPU", Models.EXACT)) {
            Map<String, Object> options =
                    Map.of("max_new_tokens", 30, "do_sample", true, "rng_seed", 5, "regex", "[a-c]{3}-[0-9]{2}");
            sequential.compile(options);
            StringBuilder answer = new StringBuilder();
            sequential.generate(
                    Models.prompt(sequential.tokenizer(), "Tell me a story."),
                    List.of(),
                    options,
                    tokens -> answer.append(sequential.tokenizer().decode(tokens, true)) != null);

            assertThat(answer).matches("[a-c]{3}-[0-9]{2}");
            assertThatThrownBy(() -> sequential.compile(Map.of("regex", "("))).isInstanceOf(EngineException.class);
        }
    }

    private String answer(Map<String, Object> options) {
        long request = text.add(prompt(), List.of(), options);
        return text.tokenizer().decode(new Loop(text).finish().answer(request).ids(), true);
    }

    private String prompt() {
        return Models.prompt(text.tokenizer(), "Tell me a story.");
    }
}
