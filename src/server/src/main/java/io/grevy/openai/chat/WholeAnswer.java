package io.grevy.openai.chat;

import io.grevy.inference.FinishReason;
import io.grevy.inference.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Gathers an answer until it is whole. */
final class WholeAnswer implements EventSink {

    private final AnswerHead head;
    private final List<Gathered> choices = new ArrayList<>();
    private Optional<Usage> usage = Optional.empty();

    WholeAnswer(AnswerHead head, int choices) {
        this.head = head;
        for (int i = 0; i < choices; i++) {
            this.choices.add(new Gathered());
        }
    }

    /** After {@link #finished}. */
    ChatCompletion completion() {
        List<ChatCompletion.Choice> all = new ArrayList<>(choices.size());
        for (int i = 0; i < choices.size(); i++) {
            all.add(choices.get(i).toChoice(i));
        }
        return new ChatCompletion(head, all, TokenUsage.of(usage.orElseThrow()));
    }

    @Override
    public void text(int choice, String text) {
        choices.get(choice).content.append(text);
    }

    @Override
    public void ended(int choice, FinishReason reason) {
        choices.get(choice).reason = Optional.of(reason);
    }

    @Override
    public void finished(Usage total) {
        usage = Optional.of(total);
    }

    @Override
    public void quiet() {
        // A whole answer has nothing to send before its end.
    }

    /** The reason's name on the wire. */
    static String wireName(FinishReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    private static final class Gathered {
        private final StringBuilder content = new StringBuilder();
        private Optional<FinishReason> reason = Optional.empty();

        private ChatCompletion.Choice toChoice(int index) {
            return new ChatCompletion.Choice(index, content.toString(), wireName(reason.orElseThrow()));
        }
    }
}
