package io.grevy.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grevy.inference.Message;
import io.grevy.inference.Prompting;
import io.grevy.inference.Prompting.Turn;
import io.grevy.inference.Role;
import io.grevy.inference.Structure;
import io.grevy.inference.ToolCall;
import io.grevy.inference.ToolUse;
import io.grevy.openai.ApiException;
import io.grevy.openai.chat.ChatMessage;
import io.grevy.openai.chat.ChatPart;
import io.grevy.openai.chat.ChatRequest;
import io.grevy.openai.chat.ScriptedExchange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageReaderTest {

    private static final String PICTURE = ScriptedExchange.picture(2, 2, 0xff0000);
    private static final String BASE64 = PICTURE.substring(PICTURE.indexOf(',') + 1);
    private static final String HI = "[{\"role\":\"user\",\"content\":\"Hi\"}]";

    @Test
    void aConversationHasTextsPicturesCallsAndTheirResults() {
        List<ChatMessage> turns = Messages.turns("""
                [{"role": "user", "content": [
                    {"type": "text", "text": "Look.", "cache_control": {"type": "ephemeral"}},
                    {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "%s"}}]},
                 {"role": "assistant", "content": [
                    {"type": "thinking", "thinking": "Hm.", "signature": ""},
                    {"type": "text", "text": "I look.", "citations": null},
                    {"type": "tool_use", "id": "a", "name": "look", "input": {"n": 1}, "caller": {"type": "direct"}},
                    {"type": "tool_use", "id": "b", "name": "turn", "input": {}}]},
                 {"role": "user", "content": [
                    {"type": "tool_result", "tool_use_id": "a", "content": [{"type": "text", "text": "red"},
                       {"type": "image", "source": {"type": "url", "url": "https://example.org/a.png"}}]},
                    {"type": "tool_result", "tool_use_id": "b", "is_error": true, "content": "stuck"},
                    {"type": "text", "text": "Well?"}]}]
                """.formatted(BASE64));

        assertThat(turns)
                .containsExactly(
                        new ChatMessage(
                                Role.USER,
                                List.of(
                                        new ChatPart.Text("Look."),
                                        new ChatPart.ImageUrl(PICTURE, false, "messages[0].content[1].source.data"))),
                        new ChatMessage(
                                Role.ASSISTANT,
                                List.of(new ChatPart.Text("I look.")),
                                "Hm.",
                                List.of(new ToolCall("a", "look", "{\"n\":1}"), new ToolCall("b", "turn", "{}")),
                                Optional.empty()),
                        result(
                                "a",
                                "look",
                                new ChatPart.Text("red"),
                                new ChatPart.ImageUrl(
                                        "https://example.org/a.png",
                                        false,
                                        "messages[2].content[0].content[1].source.url")),
                        result("b", "turn", new ChatPart.Text("Error: "), new ChatPart.Text("stuck")),
                        new ChatMessage(Role.USER, List.of(new ChatPart.Text("Well?"))));
    }

    @Test
    void aSystemMessageComesFirst() {
        assertThat(Messages.of(HI, "\"system\":[{\"type\":\"text\",\"text\":\"Be brief.\"}]")
                        .messages()
                        .get(0))
                .isEqualTo(new ChatMessage(Role.SYSTEM, List.of(new ChatPart.Text("Be brief."))));
    }

    @Test
    void theModelGoesOnWithTheAssistantsLastMessage() {
        assertThat(Messages.of(
                                "[{\"role\":\"user\",\"content\":\"Hi\"},{\"role\":\"assistant\",\"content\":\"I\"}]",
                                "")
                        .prompting()
                        .turn())
                .isEqualTo(Turn.CONTINUED);
        assertThat(Messages.of(HI, "").prompting().turn()).isEqualTo(Turn.OPEN);
    }

    @Test
    void withoutAWordAboutItThereIsNoThinking() {
        ChatRequest silent = Messages.of(HI, "");
        ChatRequest enabled = Messages.of(HI, "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":50}");
        ChatRequest adaptive = Messages.of(HI, "\"thinking\":{\"type\":\"adaptive\"}");

        assertThat(silent.prompting()).isEqualTo(new Prompting(Turn.OPEN, "{\"enable_thinking\":false}"));
        assertThat(silent.rendering().reasoning()).isFalse();
        assertThat(enabled.prompting()).isEqualTo(new Prompting(Turn.OPEN, "{\"enable_thinking\":true}", "thinking"));
        assertThat(enabled.rendering().reasoning()).isTrue();
        assertThat(adaptive.prompting()).isEqualTo(Prompting.usual());
        assertThat(adaptive.rendering().reasoning()).isTrue();
    }

    @Test
    void aFormatIsAStructure() {
        Structure structure = Messages.of(
                        HI,
                        "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"integer\"}}}")
                .structure()
                .orElseThrow();

        assertThat(structure.kind()).isEqualTo(Structure.Kind.JSON_SCHEMA);
        assertThat(structure.field()).isEqualTo("output_config.format.schema");
    }

    @Test
    void toolsAreToldInTheFormOfChatTemplates() {
        ToolUse use = Messages.of(HI, """
                        "tools": [{"name": "look", "description": "Looks.",
                                   "input_schema": {"type": "object", "properties": {"n": {"type": "integer"}}}}],
                        "tool_choice": {"type": "tool", "name": "look", "disable_parallel_tool_use": true}
                        """).tools().orElseThrow();

        assertThat(use.choice()).isEqualTo(new ToolUse.Choice.Named("look"));
        assertThat(use.parallel()).isFalse();
        assertThat(use.tools().get(0).definitionJson())
                .isEqualTo("{\"type\":\"function\",\"function\":{\"name\":\"look\",\"description\":\"Looks.\","
                        + "\"parameters\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}}}}}");
    }

    @Test
    void aRequestToCountHasNoLimitOfItsOwn() {
        String body = "{\"model\":\"m\",\"messages\":" + HI + "}";

        assertThat(Messages.READER
                        .readToCount(body.getBytes(StandardCharsets.UTF_8))
                        .stopping()
                        .maxTokens())
                .hasValue(1);
        assertThat(catchThrowableOfType(ApiException.class, () -> Messages.read(body)))
                .hasMessage("max_tokens is required.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            [{"role": "tool", "content": "x"}]; messages[0].role
            [{"role": "user", "content": []}]; messages[0].content
            [{"role": "user", "content": 7}]; messages[0].content
            [{"role": "user", "content": [{"type": "document"}]}]; messages[0].content[0].type
            [{"role": "user", "content": [{"type": "tool_use"}]}]; messages[0].content[0].type
            [{"role": "assistant", "content": [{"type": "image"}]}]; messages[0].content[0].type
            [{"role": "user", "content": [{"type": "image", "source": {"type": "file", "file_id": "f"}}]}]; messages[0].content[0].source.type
            [{"role": "user", "content": [{"type": "image", "source": {"type": "base64", "media_type": "text/plain", "data": "x"}}]}]; messages[0].content[0].source.media_type
            [{"role": "user", "content": [{"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": ""}}]}]; messages[0].content[0].source.data
            [{"role": "user", "content": [{"type": "image", "source": {"type": "url", "url": "ftp://x/y"}}]}]; messages[0].content[0].source.url
            [{"role": "user", "content": [{"type": "text", "text": "x", "citations": [{}]}]}]; messages[0].content[0].citations
            [{"role": "user", "content": [{"type": "tool_result", "content": "x"}]}]; messages[0].content[0].tool_use_id
            [{"role": "assistant", "content": [{"type": "tool_use", "id": "a", "name": "f", "input": "x"}]}]; messages[0].content[0].input
            """)
    void whatIsWrongIsRefusedByItsPlace(String messages, String place) {
        ApiException refused = catchThrowableOfType(ApiException.class, () -> Messages.turns(messages));

        assertThat(refused).isNotNull();
        assertThat(refused.param()).contains(place);
        assertThat(refused.getMessage()).startsWith(place);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            "thinking": {"type": "enabled", "budget_tokens": 100}; thinking.budget_tokens
            "thinking": {"type": "between_tools"}; thinking.type
            "thinking": {"type": "enabled", "budget_tokens": 5, "display": "omitted"}; thinking.display
            "tools": [{"type": "bash_20250124", "name": "bash"}]; tools[0].type
            "tools": [{"name": "f", "input_schema": {}}, {"name": "f", "input_schema": {}}]; tools[1]
            "tools": [{"name": "f", "input_schema": {}}], "tool_choice": {"type": "tool", "name": "g"}; tool_choice.name
            """)
    void whatIsWrongBesideThemIsToo(String members, String place) {
        ApiException refused = catchThrowableOfType(ApiException.class, () -> Messages.of(HI, members));

        assertThat(refused).isNotNull();
        assertThat(refused.param()).contains(place);
    }

    private static ChatMessage result(String id, String tool, ChatPart... parts) {
        return new ChatMessage(Role.TOOL, List.of(parts), "", List.of(), Optional.of(new Message.Result(id, tool)));
    }
}
