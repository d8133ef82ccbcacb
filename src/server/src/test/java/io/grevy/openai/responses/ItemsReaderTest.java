package io.grevy.openai.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grevy.inference.Message;
import io.grevy.inference.Role;
import io.grevy.inference.ToolCall;
import io.grevy.inference.ToolUse;
import io.grevy.openai.ApiException;
import io.grevy.openai.chat.ChatMessage;
import io.grevy.openai.chat.ChatPart;
import io.grevy.openai.chat.ScriptedExchange;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItemsReaderTest {

    private static final String PICTURE = ScriptedExchange.picture(2, 2, 0xff0000);

    @Test
    void aTextIsTheUsersAndInstructionsComeFirst() {
        assertThat(Responses.read("{\"model\":\"m\",\"instructions\":\"Be brief.\",\"input\":\"Hi\"}")
                        .chat()
                        .messages())
                .containsExactly(message(Role.SYSTEM, "Be brief."), message(Role.USER, "Hi"));
    }

    @Test
    void messagesHoldTextsAndPictures() {
        List<ChatMessage> messages = messages("""
                [{"role": "developer", "content": "Look."},
                 {"type": "message", "role": "user", "content": [
                    {"type": "input_text", "text": "What is it?"},
                    {"type": "input_image", "image_url": "%s", "detail": "low", "file_id": null}]},
                 {"type": "message", "id": "msg_1", "status": "completed", "role": "assistant", "content": [
                    {"type": "output_text", "text": "A square.", "annotations": [], "logprobs": []}]}]
                """.formatted(PICTURE));

        assertThat(messages)
                .containsExactly(
                        message(Role.SYSTEM, "Look."),
                        new ChatMessage(
                                Role.USER,
                                List.of(
                                        new ChatPart.Text("What is it?"),
                                        new ChatPart.ImageUrl(PICTURE, true, "input[1].content[1].image_url"))),
                        message(Role.ASSISTANT, "A square."));
    }

    @Test
    void whatTheAssistantThoughtSaidAndCalledIsOneTurn() {
        List<ChatMessage> messages = messages("""
                [{"role": "user", "content": "Look at both."},
                 {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": null,
                  "content": [{"type": "reasoning_text", "text": "Two of them."}]},
                 {"role": "assistant", "content": "I look."},
                 {"type": "function_call", "id": "fc_1", "call_id": "a", "name": "look", "arguments": "{\\"n\\":1}"},
                 {"type": "function_call", "call_id": "b", "name": "turn", "arguments": "{}"},
                 {"type": "function_call_output", "call_id": "b", "output": [
                    {"type": "input_image", "image_url": "%s"}]},
                 {"type": "function_call_output", "call_id": "a", "output": "red"},
                 {"type": "reasoning", "summary": [{"type": "summary_text", "text": "Once more."}]},
                 {"type": "function_call", "call_id": "c", "name": "look", "arguments": "{}"}]
                """.formatted(PICTURE));

        assertThat(messages)
                .containsExactly(
                        message(Role.USER, "Look at both."),
                        new ChatMessage(
                                Role.ASSISTANT,
                                List.of(new ChatPart.Text("I look.")),
                                "Two of them.",
                                List.of(new ToolCall("a", "look", "{\"n\":1}"), new ToolCall("b", "turn", "{}")),
                                Optional.empty()),
                        new ChatMessage(
                                Role.TOOL,
                                List.of(new ChatPart.ImageUrl(PICTURE, false, "input[5].output[0].image_url")),
                                "",
                                List.of(),
                                Optional.of(new Message.Result("b", "turn"))),
                        new ChatMessage(
                                Role.TOOL,
                                List.of(new ChatPart.Text("red")),
                                "",
                                List.of(),
                                Optional.of(new Message.Result("a", "look"))),
                        new ChatMessage(
                                Role.ASSISTANT,
                                List.of(),
                                "Once more.",
                                List.of(new ToolCall("c", "look", "{}")),
                                Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            7; input
            [{"role": "tool", "content": "x"}]; input[0].role
            [{"role": "user"}]; input[0].content
            [{"role": "user", "content": []}]; input[0].content
            [{"role": "user", "content": [{"type": "input_file", "file_id": "f"}]}]; input[0].content[0].type
            [{"role": "user", "content": [{"type": "input_image", "file_id": "f"}]}]; input[0].content[0].file_id
            [{"role": "user", "content": [{"type": "input_image", "image_url": "ftp://x/y"}]}]; input[0].content[0].image_url
            [{"role": "user", "content": [{"type": "output_text", "text": "x"}]}]; input[0].content[0].type
            [{"role": "assistant", "content": [{"type": "input_image", "image_url": "data:,"}]}]; input[0].content[0].type
            [{"type": "item_reference", "id": "msg_1"}]; input[0].type
            [{"type": "reasoning", "summary": [], "encrypted_content": "x"}]; input[0].encrypted_content
            [{"type": "function_call", "call_id": "a", "name": "f"}]; input[0].arguments
            [{"type": "function_call_output", "output": "x"}]; input[0].call_id
            """)
    void whatIsWrongIsRefusedByItsPlace(String input, String place) {
        ApiException refused = catchThrowableOfType(ApiException.class, () -> Responses.ofInput(input));

        assertThat(refused).isNotNull();
        assertThat(refused.param()).contains(place);
        assertThat(refused.getMessage()).startsWith(place);
    }

    @Test
    void functionsAreToldInTheFormOfChatTemplates() {
        ToolUse use = Responses.read("""
                {"model": "m", "input": "x", "tools": [
                   {"type": "function", "name": "look", "description": "Looks.", "strict": true,
                    "parameters": {"type": "object", "properties": {}, "additionalProperties": false}},
                   {"type": "function", "name": "turn", "parameters": null, "strict": null}],
                 "tool_choice": {"type": "allowed_tools", "mode": "required",
                                 "tools": [{"type": "function", "name": "look"}]}}
                """).chat().tools().orElseThrow();

        assertThat(use.choice()).isEqualTo(new ToolUse.Choice.Required());
        assertThat(use.tools()).singleElement().satisfies(tool -> {
            assertThat(tool.strict()).isTrue();
            assertThat(tool.definitionJson())
                    .isEqualTo("{\"type\":\"function\",\"function\":{\"name\":\"look\",\"description\":\"Looks.\","
                            + "\"parameters\":{\"type\":\"object\",\"properties\":{},"
                            + "\"additionalProperties\":false}}}");
        });
    }

    private static List<ChatMessage> messages(String input) {
        return Responses.ofInput(input).chat().messages();
    }

    private static ChatMessage message(Role role, String text) {
        return new ChatMessage(role, List.of(new ChatPart.Text(text)));
    }
}
