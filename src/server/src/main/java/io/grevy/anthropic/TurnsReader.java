package io.grevy.anthropic;

import io.grevy.component.Component;
import io.grevy.inference.Role;
import io.grevy.inference.ToolCall;
import io.grevy.openai.chat.ChatMessage;
import io.grevy.openai.chat.ChatPart;
import io.grevy.openai.chat.PictureReader;
import io.grevy.openai.chat.Turns;
import io.grevy.openai.json.Elements;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the conversation: {@code system} and {@code messages}. Thread-safe. */
@Component
class TurnsReader {

    private static final List<String> ROLES = List.of("user", "assistant", "system");
    private static final Map<String, Role> SPEAKERS = Map.of("assistant", Role.ASSISTANT, "system", Role.SYSTEM);

    private final BlockReader blocks;
    private final PictureReader pictures;

    @Inject
    TurnsReader(BlockReader blocks, PictureReader pictures) {
        this.blocks = blocks;
        this.pictures = pictures;
    }

    List<ChatMessage> read(Fields request) {
        Turns turns = new Turns();
        request.optional("system").ifPresent(system -> turns.say(Role.SYSTEM, blocks.texts(system)));
        Elements messages = request.required("messages").asArray();
        if (messages.size() == 0) {
            throw request.required("messages").invalid("must hold at least one message");
        }
        messages.fields().forEach(message -> read(message.asObject(), turns));
        List<ChatMessage> read = turns.end();
        pictures.checkCount(read);
        return read;
    }

    private void read(Fields message, Turns turns) {
        message.allowOnly(Set.of("role", "content"));
        Role speaker = SPEAKERS.getOrDefault(message.required("role").asOneOf(ROLES), Role.USER);
        Field content = message.required("content");
        if (content.isString()) {
            turns.say(speaker, List.of(new ChatPart.Text(content.asText())));
            return;
        }
        if (!content.isArray()) {
            throw content.wrongType("a string or an array of blocks");
        }
        List<Field> fields = content.asArray().fields();
        if (fields.isEmpty() && speaker != Role.ASSISTANT) {
            throw content.invalid("must hold at least one block");
        }
        Said said = new Said(speaker, turns);
        fields.forEach(block -> read(block.asObject(), said));
        said.end();
    }

    private void read(Fields block, Said said) {
        Field type = block.required("type");
        switch (type.asText()) {
            case "text" -> said.parts.add(BlockReader.text(block));
            case "image" -> {
                said.require(Role.USER, type);
                said.parts.add(blocks.picture(block));
            }
            case "tool_result" -> {
                said.require(Role.USER, type);
                said.end();
                said.turns.result(block.required("tool_use_id").asNonEmptyText(), blocks.result(block));
            }
            case "tool_use" -> {
                said.require(Role.ASSISTANT, type);
                said.end();
                said.turns.call(call(block));
            }
            case "thinking" -> {
                said.require(Role.ASSISTANT, type);
                said.end();
                block.allowOnly(Set.of("type", "thinking", "signature"));
                block.optional("signature").ifPresent(Field::asText);
                said.turns.think(block.required("thinking").asText());
            }
            default ->
                throw block.unsupported(
                        "type",
                        "only as one of text, image, tool_use, tool_result, thinking, not as '" + type.asText() + "'");
        }
    }

    private static ToolCall call(Fields block) {
        block.allowOnly(Set.of("type", "id", "name", "input", "cache_control", "caller"));
        OtherMembers.checkCacheControl(block);
        OtherMembers.checkCaller(block);
        return new ToolCall(
                block.required("id").asNonEmptyText(),
                block.required("name").asNonEmptyText(),
                block.required("input").asObject().object().toString());
    }

    /** What one message says, up to a block of another kind. */
    private static final class Said {
        private final Role speaker;
        private final Turns turns;
        private final List<ChatPart> parts = new ArrayList<>();

        Said(Role speaker, Turns turns) {
            this.speaker = speaker;
            this.turns = turns;
        }

        void require(Role role, Field type) {
            if (speaker != role) {
                throw type.invalid("'" + type.asText() + "' is only allowed in messages of the " + role.templateName());
            }
        }

        void end() {
            if (!parts.isEmpty()) {
                turns.say(speaker, parts);
                parts.clear();
            }
        }
    }
}
