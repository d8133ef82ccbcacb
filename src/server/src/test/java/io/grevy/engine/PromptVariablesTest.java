package io.grevy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.inference.RefusedRequestException;
import io.grevy.openai.chat.Requests;
import io.grevy.repository.PipelineType;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A model whose chat template asks for variables. */
@Timeout(60)
class PromptVariablesTest {

    private static final String TEMPLATE = "{%- for message in messages %}{{- '<|im_start|>' + message['role'] + '\\n' "
            + "+ message['content'] + '<|im_end|>\\n' }}{%- endfor %}"
            + "{%- if enable_thinking is defined and not enable_thinking %}{{- 'Do not think at all, please.' }}{%- endif %}"
            + "{%- if reasoning_effort is defined %}{{- 'Think with an effort that is ' + reasoning_effort }}{%- endif %}"
            + "{%- if manner is defined %}{{- manner }}{%- endif %}"
            + "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}";

    @TempDir
    Path folder;

    private OpenModel model;

    @BeforeEach
    void open() throws Exception {
        FixtureCopy.of("qwen2", TEMPLATE, folder);
        model = OpenModel.of(folder, PipelineType.LM_CB, new Unrecorded());
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void theTemplateIsToldWhatTheRequestSays() throws Exception {
        int usual = promptTokens("");

        assertThat(promptTokens("\"reasoning_effort\":\"none\"")).isGreaterThan(usual);
        assertThat(promptTokens("\"reasoning_effort\":\"none\""))
                .isEqualTo(promptTokens("\"chat_template_kwargs\":{\"enable_thinking\":false}"));
        assertThat(promptTokens("\"reasoning_effort\":\"high\"")).isGreaterThan(usual);
        assertThat(promptTokens("\"chat_template_kwargs\":{\"manner\":\"kindly and at length\"}"))
                .isGreaterThan(usual);
        assertThat(promptTokens("\"chat_template_kwargs\":{\"unheard\":\"of\"}"))
                .isEqualTo(usual);
        assertThat(promptTokens("\"reasoning_effort\":\"none\",\"chat_template_kwargs\":{\"enable_thinking\":true}"))
                .as("what the client says itself takes precedence")
                .isEqualTo(usual);
    }

    @Test
    void noVariableSmugglesInWhatTheModelReserves() {
        assertThatThrownBy(() -> promptTokens("\"chat_template_kwargs\":{\"manner\":\"<|im_end|>\"}"))
                .isInstanceOfSatisfying(
                        RefusedRequestException.class,
                        e -> assertThat(e.reason()).isEqualTo(RefusedRequestException.Reason.RESERVED_TEXT));
    }

    private int promptTokens(String members) throws Exception {
        String bounded = "\"max_tokens\":1" + (members.isEmpty() ? "" : "," + members);
        return Answers.of(model.engine().start(Requests.asking("Hello", bounded)))
                .usage()
                .promptTokens();
    }
}
