package io.grevy.engine;

import io.grevy.inference.FinishReason;
import io.grevy.inference.Generation;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.TokenLogProb;
import io.grevy.inference.Usage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What a generation told, gathered. */
final class Answers {

    private final Map<Integer, Answer> choices = new TreeMap<>();
    private Usage usage = new Usage(0, 0);

    private Answers() {}

    /** One choice. */
    static final class Answer {
        final StringBuilder text = new StringBuilder();
        final List<TokenLogProb> tokens = new ArrayList<>();
        final List<FinishReason> reasons = new ArrayList<>();

        String text() {
            return text.toString();
        }

        FinishReason reason() {
            return reasons.get(0);
        }

        double meanLogProb() {
            return tokens.stream().mapToDouble(TokenLogProb::logProb).average().orElseThrow();
        }

        /** The tokens' bytes as text. */
        String spelled() {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            tokens.forEach(token -> bytes.writeBytes(token.bytes()));
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    static Answers of(Generation generation) throws InterruptedException {
        Answers answers = new Answers();
        try (generation) {
            while (true) {
                GenerationEvent event = generation.next(Duration.ofSeconds(60)).orElseThrow();
                if (event instanceof GenerationEvent.Text piece) {
                    Answer answer = answers.choices.computeIfAbsent(piece.choice(), i -> new Answer());
                    answer.text.append(piece.text());
                    answer.tokens.addAll(piece.logProbs());
                } else if (event instanceof GenerationEvent.ChoiceEnded ended) {
                    answers.choices
                            .computeIfAbsent(ended.choice(), i -> new Answer())
                            .reasons
                            .add(ended.reason());
                } else if (event instanceof GenerationEvent.Finished finished) {
                    answers.usage = finished.usage();
                    return answers;
                } else {
                    throw new AssertionError(event);
                }
            }
        }
    }

    Answer choice(int number) {
        return Objects.requireNonNull(choices.get(number));
    }

    List<String> texts() {
        return choices.values().stream().map(Answer::text).toList();
    }

    Usage usage() {
        return usage;
    }
}
