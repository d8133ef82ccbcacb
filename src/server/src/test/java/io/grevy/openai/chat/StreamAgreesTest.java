package io.grevy.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.inference.FinishReason;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.GenerationEvent.CallArguments;
import io.grevy.inference.GenerationEvent.CallStarted;
import io.grevy.inference.GenerationEvent.ChoiceEnded;
import io.grevy.inference.GenerationEvent.Finished;
import io.grevy.inference.GenerationEvent.Reasoning;
import io.grevy.inference.GenerationEvent.Text;
import io.grevy.inference.Usage;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a generation tells, a client that joins the chunks has what the whole answer says. */
class StreamAgreesTest {

    private static final String[] PIECES = {"a", " ", "\n\n", "data: [DONE]", "\"", "\\", "é", "漢", "😀", "\u2028", "{}"
    };

    static List<Integer> seeds() {
        return new Random(7).ints(200).boxed().toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theJoinedChunksAreTheWholeAnswer(int seed) throws Exception {
        Random random = new Random(seed);
        int choices = 1 + random.nextInt(4);
        List<GenerationEvent> events = events(random, choices);

        WholeAnswer whole = new WholeAnswer(Samples.HEAD, choices, false);
        tell(events, whole);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tell(events, new EventStream(Samples.HEAD, new AnswerForm(true, true, false), out));

        assertThat(joined(out.toString(StandardCharsets.UTF_8), choices))
                .isEqualTo(whole.completion().toJson());
    }

    private static void tell(List<GenerationEvent> events, EventSink sink) throws Exception {
        ScriptedModels models = new ScriptedModels(events.toArray(GenerationEvent[]::new));
        Answering.begin(models.admit().start(request()), Duration.ofSeconds(1), "messages")
                .tell(sink);
    }

    /** One event. */
    static void tell(GenerationEvent event, EventSink sink) throws IOException {
        if (event instanceof Text text) {
            sink.text(text);
        } else if (event instanceof Reasoning reasoning) {
            sink.reasoning(reasoning);
        } else if (event instanceof CallStarted call) {
            sink.call(call);
        } else if (event instanceof CallArguments arguments) {
            sink.arguments(arguments);
        } else if (event instanceof ChoiceEnded ended) {
            sink.ended(ended);
        } else {
            throw new IllegalArgumentException(event.toString());
        }
    }

    private static List<GenerationEvent> events(Random random, int choices) {
        List<GenerationEvent> events = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        int[] calls = new int[choices];
        for (int i = 0; i < choices; i++) {
            open.add(i);
        }
        while (!open.isEmpty()) {
            int at = random.nextInt(open.size());
            if (random.nextInt(6) == 0) {
                events.add(new ChoiceEnded(open.remove(at), FinishReason.values()[random.nextInt(2)]));
            } else {
                events.add(gain(open.get(at), calls, random));
            }
        }
        events.add(new Finished(new Usage(random.nextInt(100), random.nextInt(100))));
        return events;
    }

    private static GenerationEvent gain(int choice, int[] calls, Random random) {
        String piece = PIECES[random.nextInt(PIECES.length)];
        return switch (random.nextInt(calls[choice] == 0 ? 3 : 4)) {
            case 0 -> new Text(choice, piece, 1);
            case 1 -> new Reasoning(choice, piece, 1, List.of());
            case 2 -> new CallStarted(choice, calls[choice], "call_" + calls[choice]++, piece, 1, List.of());
            default -> new CallArguments(choice, calls[choice] - 1, piece, 1, List.of());
        };
    }

    /** What a client makes of the events. */
    private static JsonObject joined(String stream, int choices) {
        assertThat(stream).endsWith("data: [DONE]\n\n");
        List<Joined> messages = new ArrayList<>();
        String[] reasons = new String[choices];
        for (int i = 0; i < choices; i++) {
            messages.add(new Joined());
        }
        TokenUsage usage = new TokenUsage(-1, -1, -1);
        for (String event : stream.split("\n\n")) {
            assertThat(event).startsWith("data: ").doesNotContain("\n");
            if (event.equals("data: [DONE]")) {
                continue;
            }
            JsonObject chunk =
                    Json.createReader(new StringReader(event.substring(6))).readObject();
            if (chunk.getJsonArray("choices").isEmpty()) {
                JsonObject counts = chunk.getJsonObject("usage");
                usage = new TokenUsage(
                        counts.getInt("prompt_tokens"),
                        counts.getInt("completion_tokens"),
                        counts.getInt("total_tokens"));
                continue;
            }
            assertThat(chunk.isNull("usage")).isTrue();
            JsonObject choice = chunk.getJsonArray("choices").getJsonObject(0);
            int index = choice.getInt("index");
            assertThat(reasons[index]).as("nothing after a choice's end").isNull();
            JsonObject delta = choice.getJsonObject("delta");
            assertThat(delta.containsKey("role"))
                    .as("the role comes in the first chunk alone")
                    .isEqualTo(choice.isNull("finish_reason") && !messages.get(index).begun);
            messages.get(index).take(delta);
            reasons[index] = choice.isNull("finish_reason") ? null : choice.getString("finish_reason");
        }
        List<ChatCompletion.Choice> all = new ArrayList<>();
        for (int i = 0; i < choices; i++) {
            all.add(new ChatCompletion.Choice(
                    i, messages.get(i).message(), Optional.empty(), Objects.requireNonNull(reasons[i])));
        }
        return new ChatCompletion(Samples.HEAD, all, usage).toJson();
    }

    private static final class Joined {
        private final StringBuilder content = new StringBuilder();
        private final StringBuilder reasoning = new StringBuilder();
        private final List<JsonObject> heads = new ArrayList<>();
        private final List<StringBuilder> arguments = new ArrayList<>();
        private boolean begun;

        private void take(JsonObject delta) {
            begun = true;
            content.append(delta.getString("content", ""));
            reasoning.append(delta.getString("reasoning_content", ""));
            if (delta.containsKey("tool_calls")) {
                JsonObject call = delta.getJsonArray("tool_calls").getJsonObject(0);
                if (call.containsKey("id")) {
                    assertThat(call.getInt("index")).isEqualTo(heads.size());
                    heads.add(call);
                    arguments.add(new StringBuilder());
                }
                arguments
                        .get(call.getInt("index"))
                        .append(call.getJsonObject("function").getString("arguments"));
            }
        }

        private AnswerMessage message() {
            List<AnswerMessage.Call> calls = new ArrayList<>();
            for (int i = 0; i < heads.size(); i++) {
                calls.add(new AnswerMessage.Call(
                        heads.get(i).getString("id"),
                        heads.get(i).getJsonObject("function").getString("name"),
                        arguments.get(i).toString()));
            }
            return new AnswerMessage(content.toString(), reasoning.toString(), calls);
        }
    }

    private static io.grevy.inference.InferenceRequest request() {
        return io.grevy.inference.InferenceRequest.of("id", List.of());
    }
}
