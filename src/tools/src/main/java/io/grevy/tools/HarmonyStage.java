package io.grevy.tools;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The harmony format of gpt-oss: messages {@code <|start|>assistant<|channel|>name<|message|>…<|end|>}, the first without
 * its start since the prompt has it. Channel {@code analysis} is reasoning; {@code final} and, without a recipient,
 * {@code commentary} are content; a recipient {@code to=functions.name} in the head, before or behind the channel, makes
 * the message that function's arguments. Messages of one kind are joined by a line break. All markers are special tokens;
 * text outside of messages is content.
 *
 * @see <a href="https://cookbook.openai.com/articles/openai-harmony">OpenAI harmony response format</a>
 */
final class HarmonyStage implements CharStage {
    private static final String START = "<|start|>";
    private static final String CHANNEL = "<|channel|>";
    private static final String MESSAGE = "<|message|>";
    private static final String CONSTRAIN = "<|constrain|>";

    private enum Body {
        HEAD,
        CONTENT,
        REASONING,
        CALL
    }

    private final boolean calls;
    private final Pieces pieces;
    private final MarkerScanner scanner =
            new MarkerScanner(List.of(START, CHANNEL, MESSAGE, CONSTRAIN, "<|end|>", "<|return|>", "<|call|>"));
    private final HarmonyHead head = new HarmonyHead();
    private @Nullable HarmonyArguments arguments;
    private Body body = Body.HEAD;

    /** @param calls whether there may be calls; without, messages to functions are content */
    HarmonyStage(boolean calls, Pieces pieces) {
        this.calls = calls;
        this.pieces = pieces;
    }

    @Override
    public void accept(char c) {
        String marker = scanner.accept(c);
        plain(scanner.takePlain());
        if (marker != null) {
            marker(marker);
        }
    }

    @Override
    public void end() {
        plain(scanner.takeHeld());
        finish();
        // Without a message, this was text which merely looked like a head; a head with markers is none of the text.
        String rest = head.take();
        if (!rest.contains("<|")) {
            pieces.content(rest);
        }
    }

    private void plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            plain(text.charAt(i));
        }
    }

    private void plain(char c) {
        switch (body) {
            case HEAD -> {
                if (!head.accept(c)) {
                    pieces.content(head.take());
                    body = Body.CONTENT;
                }
            }
            case CONTENT -> pieces.content(c);
            case REASONING -> pieces.reasoning(c);
            case CALL -> {
                if (arguments != null) {
                    arguments.accept(c);
                }
            }
        }
    }

    private void marker(String marker) {
        boolean inHead = body == Body.HEAD;
        switch (marker) {
            case MESSAGE -> {
                if (inHead) {
                    begin();
                } else {
                    plain(marker);
                }
            }
            case CONSTRAIN -> {
                if (inHead) {
                    head.marker(marker);
                } else {
                    plain(marker);
                }
            }
            case START, CHANNEL -> {
                finish();
                head.marker(marker);
            }
            default -> {
                finish();
                head.take();
            }
        }
    }

    private void begin() {
        Optional<String> function = head.function();
        boolean analysis = head.isAnalysis();
        head.take();
        if (function.isPresent() && calls) {
            body = Body.CALL;
            pieces.callStarted(function.get());
            arguments = new HarmonyArguments(pieces);
        } else if (analysis) {
            body = Body.REASONING;
            pieces.reasoningStarted();
        } else {
            body = Body.CONTENT;
            pieces.contentContinues();
        }
    }

    private void finish() {
        if (body == Body.REASONING) {
            pieces.reasoningEnded();
        } else if (body == Body.CALL && arguments != null) {
            arguments.end();
            pieces.callEnded();
        }
        body = Body.HEAD;
    }
}
