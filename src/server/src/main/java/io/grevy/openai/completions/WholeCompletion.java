package io.grevy.openai.completions;

import io.grevy.inference.FinishReason;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.TokenLogProb;
import io.grevy.inference.Usage;
import io.grevy.openai.chat.AnswerForm;
import io.grevy.openai.chat.AnswerHead;
import io.grevy.openai.chat.GenerationRequest;
import io.grevy.openai.chat.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers an answer until it is whole. */
final class WholeCompletion implements GenerationRequest.WholeSink, TextSink {

    private final AnswerHead head;
    private final AnswerForm form;
    private final boolean topLogProbs;
    private final List<Gathered> choices = new ArrayList<>();
    private Optional<Usage> usage = Optional.empty();

    /** @param beginnings what each choice begins with */
    WholeCompletion(AnswerHead head, AnswerForm form, boolean topLogProbs, List<String> beginnings) {
        this.head = head;
        this.form = form;
        this.topLogProbs = topLogProbs;
        beginnings.forEach(beginning -> choices.add(new Gathered(beginning)));
    }

    @Override
    public TextCompletion answer() {
        List<TextCompletion.Choice> all = new ArrayList<>(choices.size());
        for (Gathered choice : choices) {
            all.add(new TextCompletion.Choice(
                    all.size(),
                    choice.text.toString(),
                    form.logProbs() ? Optional.of(new ChoiceTokens(topLogProbs).next(choice.tokens)) : Optional.empty(),
                    choice.reason));
        }
        return TextCompletion.whole(head, all, TokenUsage.of(usage.orElseThrow()));
    }

    @Override
    public void text(GenerationEvent.Text text) {
        Gathered choice = choices.get(text.choice());
        choice.text.append(text.text());
        choice.tokens.addAll(text.logProbs());
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

    private static final class Gathered {
        private final StringBuilder text;
        private final List<TokenLogProb> tokens = new ArrayList<>();
        private Optional<FinishReason> reason = Optional.empty();

        Gathered(String beginning) {
            text = new StringBuilder(beginning);
        }
    }
}
