package io.grevy.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DetectionTest {
    private static void detects(String template, @Nullable ToolFormat tools, @Nullable ReasoningFormat reasoning) {
        assertThat(OutputFormat.detect(template))
                .isEqualTo(new OutputFormat(Optional.ofNullable(tools), Optional.ofNullable(reasoning)));
    }

    @Test
    void detectsQwen3() {
        detects("""
                {{- 'For each call, return an object within tags:\\n<tool_call>\\n{"name": <name>, "arguments": <object>}\\n</tool_call>' }}
                {%- if '</think>' in content %}{%- set reasoning = content.split('</think>')[0] %}{%- endif %}
                {{- '<|im_start|>assistant\\n<think>\\n\\n</think>\\n\\n' }}""", ToolFormat.HERMES3, ReasoningFormat.QWEN3);
    }

    @Test
    void detectsQwen25WithoutReasoning() {
        detects(
                "{%- if tools %}{{- '<tools>' }}{%- endif %}{{- '<tool_call>\\n{\"name\": \"' }}{{- '</tool_call>' }}",
                ToolFormat.HERMES3, null);
    }

    @Test
    void detectsQwen3CoderBeforeHermes() {
        detects(
                "{{- '<tool_call>\\n<function=' + tool_call.name + '>\\n' }}{{- '<parameter=' + name + '>\\n' }}{{- '\\n</parameter>' }}",
                ToolFormat.QWEN3_CODER,
                null);
        detects(
                "{{- '<tool_call>\\n<function=' }}{{- '<parameter=' }}{{- '<think>\\n' }}",
                ToolFormat.QWEN3_CODER,
                ReasoningFormat.QWEN3);
    }

    @Test
    void detectsLlama3() {
        detects("{{- '<|start_header_id|>assistant' }}{{- '<|python_tag|>' + call }}", ToolFormat.LLAMA3, null);
        detects(
                "{{- 'Respond in the format {\"name\": function name, \"parameters\": dictionary of arguments}.' }}",
                ToolFormat.LLAMA3,
                null);
    }

    @Test
    void tellsDevstralFromMistral() {
        detects("{{- '[AVAILABLE_TOOLS] [' }}{{- '[TOOL_CALLS] [' }}{{- '[TOOL_RESULTS]' }}", ToolFormat.MISTRAL, null);
        detects("{{- '[TOOL_CALLS]' + name + '[ARGS]' + arguments }}", ToolFormat.DEVSTRAL, null);
        detects(
                "{{- '[THINK]' + text + '[/THINK]' }}{{- '[TOOL_CALLS]' }}",
                ToolFormat.MISTRAL,
                ReasoningFormat.MISTRAL);
    }

    @Test
    void detectsPhi4() {
        detects("{{ 'functools[{\"name\": [function name], \"arguments\": {}}]' }}", ToolFormat.PHI4, null);
    }

    @Test
    void tellsGemma4FromGemma3() {
        detects(
                "{{- '<|channel>thought\\n' + thinking + '<channel|>' }}{{- '<|tool_call>call:' + name + '{' }}",
                ToolFormat.GEMMA4,
                ReasoningFormat.GEMMA4);
        detects("{{ '<start_of_turn>model\\n' }}{{ 'Call tools in a ```tool_code block' }}", ToolFormat.GEMMA3, null);
        detects("{{ '<start_of_turn>model\\n' }}", null, null);
    }

    @Test
    void detectsGptOss() {
        detects(
                "{{- '<|start|>assistant<|channel|>analysis<|message|>' + thinking + '<|end|>' }}",
                ToolFormat.GPT_OSS,
                ReasoningFormat.GPT_OSS);
    }

    @Test
    void detectsLfm2() {
        detects("{{- 'List of tools: <|tool_list_start|>[' }}", ToolFormat.LFM2, null);
        detects(
                "{%- set keep_past_thinking = false %}{{- '<|tool_call_start|>' }}<think>",
                ToolFormat.LFM2, ReasoningFormat.LFM2);
    }

    @Test
    void detectsMiniCpm5() {
        detects(
                "{{- '<function name=\"' ~ name ~ '\">' }}{{- '<param name=\"' ~ key ~ '\">' }}{{- '<think>\\n' }}",
                ToolFormat.MINICPM5,
                ReasoningFormat.MINICPM5);
    }

    @Test
    void tellsDeepSeekR1FromLaterOnesWhichMayNotThink() {
        detects(
                "{% if '</think>' in content %}{% endif %}{{ '<｜Assistant｜><think>\\n' }}",
                null, ReasoningFormat.DEEPSEEK_R1);
        detects(
                "{% if not thinking %}{{ '<｜Assistant｜></think>' }}{% else %}{{ '<｜Assistant｜><think>' }}{% endif %}",
                null, ReasoningFormat.QWEN3);
    }

    @Test
    void detectsNothingInAPlainTemplate() {
        detects("{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>{% endfor %}", null, null);
    }

    @ParameterizedTest
    @EnumSource(ToolFormat.class)
    void findsEveryToolFormatByItsName(ToolFormat format) {
        assertThat(ToolFormat.named(format.parserName())).isEqualTo(format);
    }

    @ParameterizedTest
    @EnumSource(ReasoningFormat.class)
    void findsEveryReasoningFormatByItsName(ReasoningFormat format) {
        assertThat(ReasoningFormat.named(format.parserName())).isEqualTo(format);
    }

    @ParameterizedTest
    @CsvSource({
        "hermes,HERMES3",
        "Hermes-3,HERMES3",
        "qwen3_coder,QWEN3_CODER",
        "gpt-oss,GPT_OSS",
        "openai,GPT_OSS",
        "llama3_json,LLAMA3",
        "phi4_mini_json,PHI4",
        "gemma,GEMMA4",
        "gemma-3,GEMMA3",
        "lfm2.5,LFM2",
        "minicpm-5,MINICPM5"
    })
    void takesNearSpellings(String name, ToolFormat format) {
        assertThat(ToolFormat.named(name)).isEqualTo(format);
    }

    @ParameterizedTest
    @CsvSource({
        "deepseek_r1,DEEPSEEK_R1",
        "deepseek,DEEPSEEK_R1",
        "gpt-oss,GPT_OSS",
        "openai_gptoss,GPT_OSS",
        "Gemma,GEMMA4"
    })
    void takesNearSpellingsOfReasoning(String name, ReasoningFormat format) {
        assertThat(ReasoningFormat.named(name)).isEqualTo(format);
    }

    @Test
    void namesWhatItKnowsWhereANameIsUnknown() {
        assertThatThrownBy(() -> ToolFormat.named("onyx"))
                .isInstanceOf(UnknownFormatException.class)
                .hasMessage(
                        "There is no tool parser \"onyx\"; known are: gptoss, gemma4, qwen3coder, minicpm5, lfm2, phi4,"
                                + " devstral, mistral, llama3, hermes3, gemma3 and none");
        assertThatThrownBy(() -> ReasoningFormat.named("x"))
                .isInstanceOf(UnknownFormatException.class)
                .hasMessage("There is no reasoning parser \"x\"; known are: gptoss, gemma4, minicpm5, lfm2, mistral,"
                        + " deepseek_r1, qwen3 and none");
    }

    @Test
    void saysWhereAnAnswerBeginsInReasoning() {
        assertThat(ReasoningFormat.QWEN3.beginsInside("<|im_start|>assistant\n<think>\n"))
                .isTrue();
        assertThat(ReasoningFormat.QWEN3.beginsInside("<think>\n\n</think>\n\n"))
                .isFalse();
        assertThat(ReasoningFormat.GPT_OSS.beginsInside("<|start|>assistant")).isFalse();
        assertThat(ReasoningFormat.DEEPSEEK_R1.beginsInside("<｜Assistant｜>")).isTrue();
    }

    @Test
    void saysWhenSpecialTokensAreNeeded() {
        assertThat(new OutputFormat(Optional.of(ToolFormat.HERMES3), Optional.of(ReasoningFormat.QWEN3))
                        .needsSpecialTokens())
                .isFalse();
        assertThat(new OutputFormat(Optional.of(ToolFormat.HERMES3), Optional.of(ReasoningFormat.MISTRAL))
                        .needsSpecialTokens())
                .isTrue();
        assertThat(new OutputFormat(Optional.of(ToolFormat.GEMMA4), Optional.empty()).needsSpecialTokens())
                .isTrue();
    }
}
