package io.grevy.engine;

import io.grevy.inference.InferenceRequest;
import io.grevy.inference.Message;
import io.grevy.inference.Part;
import io.grevy.inference.Prompting;
import io.grevy.inference.Prompting.Turn;
import io.grevy.inference.RefusedRequestException;
import io.grevy.inference.RefusedRequestException.Reason;
import io.grevy.inference.ToolUse;
import io.grevy.openvino.EngineException;
import io.grevy.openvino.Tokenizer;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes a prompt of a conversation with the model's own chat template. A picture or a video stands in the text as the
 * engine's universal tag, at the place where the client put it, and the engine replaces the tag by the model's own. Thread-safe.
 */
final class PromptComposer {

    private final Tokenizer tokenizer;
    private final String chatTemplate;
    private final ReservedText reserved;
    private final Sight sight;
    private final boolean takesTokens;
    private final RawPrompts raw;

    /**
     * @param sight what the model sees
     * @param takesTokens whether the pipeline wants the prompt's tokens rather than its text
     * @param raw makes the prompts that are no conversation
     */
    PromptComposer(
            Tokenizer tokenizer,
            ChatTemplate template,
            ReservedText reserved,
            Sight sight,
            boolean takesTokens,
            RawPrompts raw) {
        this.tokenizer = tokenizer;
        this.raw = raw;
        this.chatTemplate = template.text();
        this.reserved = reserved;
        this.sight = sight;
        this.takesTokens = takesTokens;
    }

    ComposedPrompt compose(InferenceRequest request) throws RefusedRequestException {
        if (!request.prompting().raw().isEmpty()) {
            return raw.compose(request.prompting().raw().get(0));
        }
        Visuals visuals = Visuals.of(request.messages(), sight);
        JsonArrayBuilder conversation = Json.createArrayBuilder();
        for (Message message : request.messages()) {
            conversation.add(turn(message, visuals));
        }
        Prompting prompting = request.prompting();
        reserved.check(prompting.variablesJson(), "chat_template_kwargs");
        String tools = request.tools().map(PromptComposer::definitions).orElse("");
        reserved.check(tools, "tools");
        String text = applyTemplate(conversation.build().toString(), prompting, tools);
        if (prompting.turn() == Turn.CONTINUED) {
            text = upToTheLast(request.messages().get(request.messages().size() - 1), text);
        }
        return new ComposedPrompt(
                text,
                visuals.pictures(),
                visuals.videos(),
                takesTokens ? Optional.of(tokenizer.encode(text, false)) : Optional.empty());
    }

    /** How many tokens the prompt has, those of its pictures left out. */
    int textTokens(ComposedPrompt prompt) {
        return prompt.tokens().orElseGet(() -> tokenizer.encode(prompt.text(), false)).length;
    }

    private JsonObjectBuilder turn(Message message, Visuals visuals) throws RefusedRequestException {
        JsonObjectBuilder turn = Json.createObjectBuilder()
                .add("role", message.role().templateName())
                .add("content", content(message, visuals));
        if (!message.reasoning().isEmpty()) {
            reserved.check(message.reasoning());
            turn.add("reasoning_content", message.reasoning());
        }
        if (!message.calls().isEmpty()) {
            JsonArray calls = TemplateCalls.of(message.calls());
            reserved.check(calls.toString());
            turn.add("tool_calls", calls);
        }
        if (message.result().isPresent()) {
            Message.Result result = message.result().get();
            reserved.check(result.callId());
            reserved.check(result.tool());
            turn.add("tool_call_id", result.callId());
            if (!result.tool().isEmpty()) {
                turn.add("name", result.tool());
            }
        }
        return turn;
    }

    private static String definitions(ToolUse use) {
        return use.tools().stream().map(ToolUse.Tool::definitionJson).collect(Collectors.joining(",", "[", "]"));
    }

    private String content(Message message, Visuals visuals) throws RefusedRequestException {
        StringBuilder content = new StringBuilder();
        for (Part part : message.parts()) {
            if (part instanceof Part.Text text) {
                reserved.check(text.text());
                content.append(text.text());
            } else if (part instanceof Part.Image image) {
                content.append(visuals.add(image));
            } else if (part instanceof Part.Video video) {
                content.append(visuals.add(video));
            }
        }
        return content.toString();
    }

    /** The prompt without what the template puts behind the last message. */
    private static String upToTheLast(Message last, String prompt) throws RefusedRequestException {
        String content = last.parts().stream()
                .map(part -> part instanceof Part.Text text ? text.text() : "")
                .collect(Collectors.joining());
        // Templates strip what stands around a message, some always.
        int begin = prompt.lastIndexOf(content.strip());
        if (content.isBlank() || begin < 0) {
            throw new RefusedRequestException(
                    Reason.CHAT_TEMPLATE,
                    "The last message is empty, or the model's chat template changes it: it cannot be continued.");
        }
        int whole = prompt.startsWith(content.stripLeading(), begin)
                ? content.stripLeading().length()
                : content.strip().length();
        return prompt.substring(0, begin + whole);
    }

    private String applyTemplate(String conversation, Prompting prompting, String tools)
            throws RefusedRequestException {
        if (chatTemplate.isEmpty()) {
            throw new RefusedRequestException(
                    Reason.CHAT_TEMPLATE, "This model has no chat template, so it cannot hold a conversation.");
        }
        try {
            return tokenizer.applyChatTemplate(
                    conversation, prompting.turn() == Turn.OPEN, chatTemplate, prompting.variablesJson(), tools);
        } catch (EngineException e) {
            throw new RefusedRequestException(
                    Reason.CHAT_TEMPLATE,
                    "The model's chat template refused the conversation: " + EngineMessages.ofTemplate(e));
        }
    }
}
