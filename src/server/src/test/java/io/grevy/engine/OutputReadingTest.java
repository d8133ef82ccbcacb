package io.grevy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grevy.inference.InferenceRequest;
import io.grevy.inference.Message;
import io.grevy.inference.Part;
import io.grevy.inference.Prompting;
import io.grevy.inference.Prompting.Turn;
import io.grevy.inference.RefusedRequestException;
import io.grevy.inference.RefusedRequestException.Reason;
import io.grevy.inference.Role;
import io.grevy.tools.OutputFormat;
import io.grevy.tools.ReasoningFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutputReadingTest {

    private static final InferenceRequest PLAIN =
            InferenceRequest.of("r", List.of(new Message(Role.USER, List.of(new Part.Text("Hi")))));
    private static final InferenceRequest THINKING = PLAIN.with(new Prompting(Turn.OPEN, "", "thinking"));

    @Test
    void aModelWithoutAKnownFormOfReasoningRefusesToThink() {
        OutputReading none = new OutputReading(new OutputFormat(Optional.empty(), Optional.empty()), false);

        RefusedRequestException refused =
                catchThrowableOfType(RefusedRequestException.class, () -> none.check(THINKING));

        assertThat(refused).isNotNull();
        assertThat(refused.field()).isEqualTo("thinking");
        assertThat(refused.reason()).isEqualTo(Reason.NOT_SUPPORTED);
        assertThatCode(() -> none.check(PLAIN)).doesNotThrowAnyException();
    }

    @Test
    void oneWithSuchAFormDoesNot() {
        OutputReading qwen =
                new OutputReading(new OutputFormat(Optional.empty(), Optional.of(ReasoningFormat.QWEN3)), false);

        assertThatCode(() -> qwen.check(THINKING)).doesNotThrowAnyException();
    }
}
