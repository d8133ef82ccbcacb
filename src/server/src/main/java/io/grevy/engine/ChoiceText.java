package io.grevy.engine;

import io.grevy.inference.GenerationEvent.Text;
import io.grevy.inference.Stopping;
import io.grevy.inference.TokenLogProb;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;

/** Makes the text of one choice of its tokens, up to a stop string. Not thread-safe. */
final class ChoiceText {

    private final int number;
    private final Detokenizer.Factory detokenizers;
    private final Detokenizer detokenizer;
    private final StopStrings stops;
    private final int minTokens;
    private final boolean logProbs;
    private final Consumer<Text> listener;

    /** Tokens that no text was told of yet, with the place in the text at which theirs begins. */
    private final Queue<Pending> pending = new ArrayDeque<>();

    private int tokens;
    private int untold;
    private int length;
    private int told;

    ChoiceText(
            int number,
            Detokenizer.Factory detokenizers,
            Stopping stopping,
            boolean logProbs,
            Consumer<Text> listener) {
        this.number = number;
        this.detokenizers = detokenizers;
        this.detokenizer = detokenizers.create();
        this.stops = new StopStrings(stopping.stopStrings(), stopping.includeStopString());
        this.minTokens = stopping.minTokens();
        this.logProbs = logProbs;
        this.listener = listener;
    }

    int tokens() {
        return tokens;
    }

    /** Whether a stop string has ended it. */
    boolean stopped() {
        return stops.found().isPresent();
    }

    /** The stop string that has ended it. */
    Optional<String> stopString() {
        return stops.found();
    }

    /** @param logProb is read where log probabilities are told */
    void add(long token, float logProb) {
        tokens++;
        untold++;
        int begin = length;
        String piece = detokenizer.add(token);
        length += piece.length();
        if (logProbs) {
            byte[] bytes = detokenizers.bytes(token);
            if (bytes.length > 0) {
                pending.add(new Pending(begin, new TokenLogProb(bytes, logProb)));
            }
        }
        tell(tokens < minTokens ? piece : stops.add(piece));
    }

    /** No more tokens come. */
    void finish() {
        String rest = detokenizer.finish();
        length += rest.length();
        tell(stops.add(rest));
        tell(stops.finish());
    }

    private void tell(String text) {
        if (!text.isEmpty()) {
            told += text.length();
            listener.accept(new Text(number, text, untold, begun()));
            untold = 0;
        }
    }

    /** The tokens whose text has begun to be told since the last time. */
    private List<TokenLogProb> begun() {
        List<TokenLogProb> begun = new ArrayList<>();
        for (Pending next; (next = pending.peek()) != null && next.begin < told; ) {
            begun.add(pending.remove().token);
        }
        return begun;
    }

    private record Pending(int begin, TokenLogProb token) {}
}
