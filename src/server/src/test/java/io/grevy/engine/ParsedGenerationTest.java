package io.grevy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.inference.FinishReason;
import io.grevy.inference.Generation;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.GenerationEvent.CallArguments;
import io.grevy.inference.GenerationEvent.CallStarted;
import io.grevy.inference.GenerationEvent.ChoiceEnded;
import io.grevy.inference.GenerationEvent.Finished;
import io.grevy.inference.GenerationEvent.Gain;
import io.grevy.inference.GenerationEvent.Reasoning;
import io.grevy.inference.GenerationEvent.Text;
import io.grevy.inference.TokenLogProb;
import io.grevy.inference.Usage;
import io.grevy.tools.OutputFormat;
import io.grevy.tools.ReasoningFormat;
import io.grevy.tools.ToolFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParsedGenerationTest {

    private static final String SAID =
            "<think>Hm</think>Let me look.\n<tool_call>\n{\"name\": \"look\", \"arguments\": "
                    + "{\"at\": 1}}\n</tool_call>\n<tool_call>\n{\"name\": \"wait\", \"arguments\": {}}\n</tool_call>";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 50, 1000})
    void tellsReasoningTextAndCallsApartHoweverTheTextIsCut(int length) throws Exception {
        List<GenerationEvent> events = told(parsers(true, true), length, FinishReason.STOP);

        assertThat(joined(events))
                .containsExactly(
                        "reasoning Hm", "text Let me look.", "call 0 look", "{\"at\": 1}", "call 1 wait", "{}");
        assertThat(events)
                .contains(new ChoiceEnded(0, FinishReason.TOOL_CALLS))
                .last()
                .isInstanceOf(Finished.class);
    }

    @Test
    void everyTokenIsToldOnceAndInOrder() throws Exception {
        List<GenerationEvent> events = told(parsers(true, true), 3, FinishReason.STOP);

        List<Gain> gains = events.stream()
                .filter(Gain.class::isInstance)
                .map(Gain.class::cast)
                .toList();
        StringBuilder spelled = new StringBuilder();
        gains.forEach(gain ->
                gain.logProbs().forEach(token -> spelled.append(new String(token.bytes(), StandardCharsets.UTF_8))));
        assertThat(spelled).hasToString(SAID);
        assertThat(gains.stream().mapToInt(Gain::tokens).sum()).isEqualTo((SAID.length() + 2) / 3);
    }

    @Test
    void ofCallsThatAreNotToBeParallelTheFirstCounts() throws Exception {
        assertThat(joined(told(parsers(false, true), 5, FinishReason.STOP)))
                .containsExactly("reasoning Hm", "text Let me look.", "call 0 look", "{\"at\": 1}");
    }

    @Test
    void reasoningThatNobodyWantsIsLeftOut() throws Exception {
        assertThat(joined(told(parsers(true, false), 5, FinishReason.STOP)))
                .first()
                .isEqualTo("text Let me look.");
    }

    @Test
    void anAnswerThatWasCutShortEndsWithItsLength() throws Exception {
        assertThat(told(parsers(true, true), 5, FinishReason.LENGTH)).contains(new ChoiceEnded(0, FinishReason.LENGTH));
    }

    private static OutputParsers parsers(boolean parallel, boolean reasoning) {
        OutputFormat format = new OutputFormat(Optional.of(ToolFormat.HERMES3), Optional.of(ReasoningFormat.QWEN3));
        return new OutputParsers(() -> format.parser(List.of(), false), CallIds::usual, parallel, reasoning);
    }

    private static List<GenerationEvent> told(OutputParsers parsers, int length, FinishReason reason)
            throws InterruptedException {
        Queue<GenerationEvent> script = new ArrayDeque<>();
        for (int at = 0; at < SAID.length(); at += length) {
            String text = SAID.substring(at, Math.min(SAID.length(), at + length));
            TokenLogProb token = new TokenLogProb(text.getBytes(StandardCharsets.UTF_8), -1);
            script.add(new Text(0, text, 1, List.of(token)));
        }
        script.add(new ChoiceEnded(0, reason));
        script.add(new Finished(new Usage(1, 1)));
        ParsedGeneration generation = new ParsedGeneration(new Scripted(script), parsers, 1);
        List<GenerationEvent> events = new ArrayList<>();
        do {
            events.add(generation.next(Duration.ofSeconds(1)).orElseThrow());
        } while (!(events.get(events.size() - 1) instanceof Finished));
        return events;
    }

    /** What was told, neighbours of one kind joined, white space at the ends left out. */
    private static List<String> joined(List<GenerationEvent> events) {
        List<String> all = new ArrayList<>();
        String kind = "";
        for (GenerationEvent event : events) {
            String[] part = part(event);
            if (part[0].equals(kind) && !kind.equals("call")) {
                all.set(all.size() - 1, all.get(all.size() - 1) + part[1]);
            } else if (!part[0].isEmpty()) {
                all.add(part[0].equals("arguments") ? part[1] : part[0] + " " + part[1]);
            }
            kind = part[0];
        }
        return all.stream()
                .map(String::strip)
                .filter(text -> !text.equals("text"))
                .toList();
    }

    private static String[] part(GenerationEvent event) {
        return Stream.of(event)
                .map(told -> {
                    if (told instanceof Text text) {
                        return new String[] {"text", text.text()};
                    } else if (told instanceof Reasoning reasoning) {
                        return new String[] {"reasoning", reasoning.text()};
                    } else if (told instanceof CallStarted call) {
                        return new String[] {"call", call.index() + " " + call.name()};
                    } else if (told instanceof CallArguments arguments) {
                        return new String[] {"arguments", arguments.json()};
                    }
                    return new String[] {"", ""};
                })
                .findFirst()
                .orElseThrow();
    }

    private record Scripted(Queue<GenerationEvent> script) implements Generation {

        @Override
        public Optional<GenerationEvent> next(Duration patience) {
            return Optional.of(script.remove());
        }

        @Override
        public void close() {}
    }
}
