package io.grevy.openai.completions;

import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.inference.FinishReason;
import io.grevy.inference.GenerationEvent.ChoiceEnded;
import io.grevy.inference.GenerationEvent.Finished;
import io.grevy.inference.GenerationEvent.Text;
import io.grevy.inference.TokenLogProb;
import io.grevy.inference.Usage;
import io.grevy.openai.chat.AnswerForm;
import io.grevy.openai.chat.AnswerHead;
import io.grevy.openai.chat.EventSink;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompletionSinksTest {

    private static final AnswerHead HEAD = new AnswerHead("cmpl-1", 1700000000, "org/model", "fp_0");
    private static final byte[] E_ACUTE = "é".getBytes(StandardCharsets.UTF_8);

    @Test
    void aWholeAnswerHasTheTextAfterItsPromptAndTheTokensWithTheirPlaces() throws Exception {
        WholeCompletion whole = new WholeCompletion(HEAD, new AnswerForm(false, false, true), true, List.of("Q: "));

        tell(whole);

        assertThat(whole.answer().toJson()).hasToString("""
                {"id":"cmpl-1","object":"text_completion","created":1700000000,"model":"org/model","choices":[\
                {"index":0,"text":"Q: aéb","logprobs":{"tokens":["a","\uFFFD","\uFFFD","b"],\
                "token_logprobs":[-0.5,-1.0,-9999.0,0.0],\
                "top_logprobs":[{"a":-0.5},{"\uFFFD":-1.0},{"\uFFFD":-9999.0},{"b":0.0}],\
                "text_offset":[0,1,1,2]},"finish_reason":"length"}],\
                "usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7},"system_fingerprint":"fp_0"}""");
    }

    @Test
    void aStreamHasThePromptFirstAndTheSamePlaces() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tell(new CompletionStream(HEAD, new AnswerForm(true, true, true), false, List.of("Q: "), out));

        String head = "data: {\"id\":\"cmpl-1\",\"object\":\"text_completion\",\"created\":1700000000,"
                + "\"model\":\"org/model\",\"choices\":[";
        String end = "],\"usage\":null,\"system_fingerprint\":\"fp_0\"}\n\n";
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(head + "{\"index\":0,\"text\":\"Q: \",\"logprobs\":null,\"finish_reason\":null}" + end
                        + head + "{\"index\":0,\"text\":\"a\",\"logprobs\":{\"tokens\":[\"a\"],"
                        + "\"token_logprobs\":[-0.5],\"text_offset\":[0]},"
                        + "\"finish_reason\":null}" + end
                        + head + "{\"index\":0,\"text\":\"éb\",\"logprobs\":{\"tokens\":[\"\uFFFD\",\"\uFFFD\",\"b\"],"
                        + "\"token_logprobs\":[-1.0,-9999.0,0.0],\"text_offset\":[1,1,2]},"
                        + "\"finish_reason\":null}" + end
                        + head + "{\"index\":0,\"text\":\"\",\"logprobs\":null,\"finish_reason\":\"length\"}" + end
                        + head + "],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7},"
                        + "\"system_fingerprint\":\"fp_0\"}\n\n"
                        + "data: [DONE]\n\n");
    }

    private static void tell(EventSink sink) throws Exception {
        sink.text(new Text(0, "a", 1, List.of(token((byte) 'a', -0.5f))));
        sink.text(new Text(
                0,
                "éb",
                3,
                List.of(token(E_ACUTE[0], -1), token(E_ACUTE[1], Float.NEGATIVE_INFINITY), token((byte) 'b', 0))));
        sink.ended(new ChoiceEnded(0, FinishReason.LENGTH));
        sink.finished(new Finished(new Usage(3, 4)));
    }

    private static TokenLogProb token(byte part, float logProb) {
        return new TokenLogProb(new byte[] {part}, logProb);
    }
}
