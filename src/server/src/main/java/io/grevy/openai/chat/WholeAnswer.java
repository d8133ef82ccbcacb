package io.grevy.openai.chat;

import io.grevy.inference.FinishReason;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.TokenLogProb;
import io.grevy.inference.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Gathers an answer until it is whole. */
final class WholeAnswer implements GenerationRequest.WholeSink {

    private final AnswerHead head;
    private final boolean logProbs;
    private final List<Gathered> choices = new ArrayList<>();
    private Optional<Usage> usage = Optional.empty();

    /** @param logProbs whether it tells its tokens */
    WholeAnswer(AnswerHead head, int choices, boolean logProbs) {
        this.head = head;
        this.logProbs = logProbs;
        for (int i = 0; i < choices; i++) {
            this.choices.add(new Gathered());
        }
    }

    @Override
    public ChatCompletion answer() {
        return completion();
    }

    /** After {@link #finished}. */
    ChatCompletion completion() {
        List<ChatCompletion.Choice> all = new ArrayList<>(choices.size());
        for (int i = 0; i < choices.size(); i++) {
            all.add(choices.get(i).toChoice(i, logProbs));
        }
        return new ChatCompletion(head, all, TokenUsage.of(usage.orElseThrow()));
    }

    @Override
    public void text(GenerationEvent.Text text) {
        gathered(text).content.append(text.text());
    }

    @Override
    public void reasoning(GenerationEvent.Reasoning reasoning) {
        gathered(reasoning).reasoning.append(reasoning.text());
    }

    @Override
    public void call(GenerationEvent.CallStarted call) {
        gathered(call).calls.add(new GatheredCall(call.id(), call.name(), new StringBuilder()));
    }

    @Override
    public void arguments(GenerationEvent.CallArguments arguments) {
        gathered(arguments).calls.get(arguments.index()).arguments.append(arguments.json());
    }

    private Gathered gathered(GenerationEvent.Gain gain) {
        Gathered choice = choices.get(gain.choice());
        choice.tokens.addAll(gain.logProbs());
        return choice;
    }

    @Override
    public void ended(GenerationEvent.ChoiceEnded ended) {
        choices.get(ended.choice()).reason = Optional.of(ended.reason());
    }

    @Override
    public void finished(GenerationEvent.Finished finished) {
        usage = Optional.of(finished.usage());
    }

    @Override
    public void quiet() {
        // A whole answer has nothing to send before its end.
    }

    /** The reason's name on the wire. */
    static String wireName(FinishReason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    private record GatheredCall(String id, String name, StringBuilder arguments) {

        private AnswerMessage.Call toCall() {
            return new AnswerMessage.Call(id, name, arguments.toString());
        }
    }

    private static final class Gathered {
        private final StringBuilder content = new StringBuilder();
        private final StringBuilder reasoning = new StringBuilder();
        private final List<GatheredCall> calls = new ArrayList<>();
        private final List<TokenLogProb> tokens = new ArrayList<>();
        private Optional<FinishReason> reason = Optional.empty();

        private ChatCompletion.Choice toChoice(int index, boolean logProbs) {
            return new ChatCompletion.Choice(
                    index,
                    new AnswerMessage(
                            content.toString(),
                            reasoning.toString(),
                            calls.stream().map(GatheredCall::toCall).toList()),
                    logProbs ? Optional.of(LogProbs.of(tokens)) : Optional.empty(),
                    wireName(reason.orElseThrow()));
        }
    }
}
