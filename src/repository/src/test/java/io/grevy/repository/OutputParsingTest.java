package io.grevy.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.tools.OutputFormat;
import io.grevy.tools.ReasoningFormat;
import io.grevy.tools.ToolFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutputParsingTest {

    private static final String TEMPLATE = "{{ '<tool_call>' }}{{ '<think>' }}";

    @Test
    void takesWhatTheChatTemplateShows() {
        assertThat(OutputParsing.detected().format(TEMPLATE))
                .isEqualTo(new OutputFormat(Optional.of(ToolFormat.HERMES3), Optional.of(ReasoningFormat.QWEN3)));
    }

    @Test
    void takesWhatIsNamedInstead() {
        OutputParsing named = new OutputParsing(Optional.of("llama3"), Optional.of("DeepSeek-R1"), false);

        assertThat(named.format(TEMPLATE))
                .isEqualTo(new OutputFormat(Optional.of(ToolFormat.LLAMA3), Optional.of(ReasoningFormat.DEEPSEEK_R1)));
    }

    @Test
    void takesNeitherWhereNoneIsNamed() {
        OutputParsing none = new OutputParsing(Optional.of("none"), Optional.of("none"), false);

        assertThat(none.format(TEMPLATE)).isEqualTo(new OutputFormat(Optional.empty(), Optional.empty()));
    }
}
