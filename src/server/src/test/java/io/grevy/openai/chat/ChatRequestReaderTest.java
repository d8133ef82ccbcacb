package io.grevy.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grevy.inference.Assistance;
import io.grevy.inference.Choices;
import io.grevy.inference.Message;
import io.grevy.inference.Prompting;
import io.grevy.inference.Rendering;
import io.grevy.inference.Role;
import io.grevy.inference.Sampling;
import io.grevy.inference.Stopping;
import io.grevy.inference.ToolCall;
import io.grevy.inference.ToolUse;
import io.grevy.openai.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatRequestReaderTest {

    private static final String HELLO = "[{\"role\":\"user\",\"content\":\"Hello\"}]";

    private final ChatRequestReader reader = Samples.reader(Samples.chatSettings(Map.of("grevy.max_images", "2")));

    @Test
    void readsTheLeastRequest() {
        ChatRequest request = with("");

        assertThat(request)
                .isEqualTo(new ChatRequest(
                        "m",
                        List.of(new ChatMessage(Role.USER, List.of(new ChatPart.Text("Hello")))),
                        Optional.empty(),
                        Prompting.usual(),
                        Sampling.unspecified(),
                        Assistance.unspecified(),
                        Stopping.unspecified(),
                        Choices.independent(1),
                        Optional.empty(),
                        Rendering.plain(),
                        new AnswerForm(false, false, false)));
    }

    @Test
    void readsEveryParameter() {
        ChatRequest request = with("""
                ,"max_completion_tokens":20,"temperature":0.5,"top_p":0.9,"top_k":40,"min_p":0.3,"seed":7,"stop":["a","b"],
                "frequency_penalty":-2,"presence_penalty":2,"repetition_penalty":1.1,"ignore_eos":true,"n":3,
                "min_tokens":4,"include_stop_str_in_output":true,"logprobs":true,"skip_special_tokens":false,
                "stream":true,"stream_options":{"include_usage":true}
                """);

        assertThat(request.sampling())
                .isEqualTo(new Sampling(
                        OptionalDouble.of(0.5),
                        OptionalDouble.of(0.9),
                        OptionalInt.of(40),
                        OptionalDouble.of(0.3),
                        OptionalLong.of(7),
                        OptionalDouble.of(-2),
                        OptionalDouble.of(2),
                        OptionalDouble.of(1.1)));
        assertThat(request.stopping())
                .isEqualTo(new Stopping(OptionalInt.of(20), 4, List.of("a", "b"), true, Set.of(), true));
        assertThat(request.choices()).isEqualTo(Choices.independent(3));
        assertThat(request.rendering()).isEqualTo(new Rendering(true, true, true));
        assertThat(request.form()).isEqualTo(new AnswerForm(true, true, true));
    }

    @Test
    void readsHowTokensAreGuessed() {
        assertThat(with(",\"num_assistant_tokens\":7,\"max_ngram_size\":2").assistance())
                .isEqualTo(new Assistance(OptionalInt.of(7), OptionalDouble.empty(), OptionalInt.of(2)));
        assertThat(with(",\"assistant_confidence_threshold\":0.4,\"num_assistant_tokens\":null")
                        .assistance())
                .isEqualTo(new Assistance(OptionalInt.empty(), OptionalDouble.of(0.4), OptionalInt.empty()));
    }

    @Test
    void readsToolsAndWhatBecameOfThem() {
        String tool = "{\"type\":\"function\",\"function\":{\"name\":\"look\",\"parameters\":"
                + "{\"properties\":{\"at\":{\"type\":\"integer\"}},\"required\":[\"at\"]}}}";
        ChatRequest request = read("{\"model\":\"m\",\"tools\":[" + tool + "],\"parallel_tool_calls\":false,"
                + "\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"look\"}},\"messages\":["
                + "{\"role\":\"assistant\",\"content\":null,\"reasoning_content\":\"Hm\",\"tool_calls\":[{\"id\":\"c1\","
                + "\"type\":\"function\",\"function\":{\"name\":\"look\",\"arguments\":\"{\\\"at\\\":1}\"}}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":[{\"type\":\"text\",\"text\":\"seen\"}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"c2\",\"name\":\"other\",\"content\":\"\"}]}");

        assertThat(request.tools())
                .contains(new ToolUse(
                        List.of(new ToolUse.Tool(
                                "look",
                                tool,
                                "{\"type\":\"object\",\"properties\":{\"at\":{\"type\":\"integer\"}},"
                                        + "\"required\":[\"at\"]}",
                                "",
                                false)),
                        new ToolUse.Choice.Named("look"),
                        false));
        assertThat(request.messages())
                .containsExactly(
                        new ChatMessage(
                                Role.ASSISTANT,
                                List.of(),
                                "Hm",
                                List.of(new ToolCall("c1", "look", "{\"at\":1}")),
                                Optional.empty()),
                        new ChatMessage(
                                Role.TOOL,
                                List.of(new ChatPart.Text("seen")),
                                "",
                                List.of(),
                                Optional.of(new Message.Result("c1", "look"))),
                        new ChatMessage(
                                Role.TOOL,
                                List.of(new ChatPart.Text("")),
                                "",
                                List.of(),
                                Optional.of(new Message.Result("c2", "other"))));
    }

    @Test
    void aToolThatNobodyMayCallIsNone() {
        String tools = ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look\"}}]";

        assertThat(with(tools).tools().orElseThrow().choice()).isEqualTo(new ToolUse.Choice.Auto());
        assertThat(with(tools + ",\"tool_choice\":\"none\"").tools()).isEmpty();
    }

    @Test
    void whatOfASchemaCannotBeEnforcedIsLeftOutAndSaid() {
        ToolUse.Tool tool = with(",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":"
                        + "{\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"integer\",\"multipleOf\":3},"
                        + "\"y\":{\"type\":\"boolean\"}},\"required\":[\"x\"]}}}]")
                .tools()
                .orElseThrow()
                .tools()
                .get(0);

        assertThat(tool.schemaJson())
                .isEqualTo("{\"type\":\"object\",\"properties\":{\"x\":{},\"y\":{\"type\":\"boolean\"}},"
                        + "\"required\":[\"x\"]}");
        assertThat(tool.unenforceable())
                .isEqualTo("tools[0].function.parameters.properties.x.multipleOf is supported by no model.");
    }

    @Test
    void takesNullForAbsent() {
        ChatRequest request = with("""
                ,"max_tokens":null,"max_completion_tokens":null,"temperature":null,"top_p":null,"top_k":null,
                "seed":null,"stop":null,"frequency_penalty":null,"presence_penalty":null,"repetition_penalty":null,
                "ignore_eos":null,"n":null,"stream":null,"stream_options":null,"tools":null,"logit_bias":null,
                "reasoning_effort":null,"user":null
                """);

        assertThat(request).isEqualTo(with(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"user\":\"me\"",
                "\"metadata\":{\"a\":\"b\"}",
                "\"store\":false",
                "\"service_tier\":\"auto\"",
                "\"service_tier\":\"default\"",
                "\"parallel_tool_calls\":true",
                "\"logprobs\":false",
                "\"top_logprobs\":0",
                "\"response_format\":{\"type\":\"text\"}",
                "\"tool_choice\":\"none\"",
                "\"tools\":[]",
                "\"logit_bias\":{}",
                "\"modalities\":[\"text\"]",
                "\"best_of\":1",
                "\"min_p\":0",
                "\"skip_special_tokens\":true",
                "\"stream\":true,\"stream_options\":{\"include_obfuscation\":true}",
                "\"stop\":[]",
                "\"max_tokens\":5,\"max_completion_tokens\":5"
            })
    void acceptsWhatAsksForWhatHappensAnyhow(String member) {
        assertThat(with("," + member).model()).isEqualTo("m");
    }

    @ParameterizedTest
    @CsvFileSource(resources = "bad-members.csv", delimiter = '|', quoteCharacter = '`')
    void refusesABadMember(String member, String param, String code, String message) {
        ApiException refused = refusal("{\"model\":\"m\",\"messages\":" + HELLO + "," + member + "}");

        assertThat(refused).hasMessage(message);
        assertThat(refused.param()).hasValue(param);
        assertThat(refused.code().wireName()).isEqualTo(code);
        assertThat(refused.code().status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "bad-messages.csv", delimiter = '|', quoteCharacter = '`')
    void refusesBadMessages(String messages, String param, String code, String message) {
        ApiException refused = refusal("{\"model\":\"m\",\"messages\":" + messages + "}");

        assertThat(refused).hasMessage(message);
        assertThat(refused.param()).hasValue(param);
        assertThat(refused.code().wireName()).isEqualTo(code);
    }

    @Test
    void asksForModelAndMessages() {
        assertThat(refusal("{\"messages\":" + HELLO + "}")).hasMessage("model is required.");
        assertThat(refusal("{\"model\":null,\"messages\":" + HELLO + "}")).hasMessage("model is required.");
        assertThat(refusal("{\"model\":7,\"messages\":" + HELLO + "}")).hasMessage("model must be a string, not 7.");
        assertThat(refusal("{\"model\":\"\",\"messages\":" + HELLO + "}")).hasMessage("model must not be empty.");
        assertThat(refusal("{\"model\":\"m\"}")).hasMessage("messages is required.");
    }

    @Test
    void readsEveryRoleAndPart() {
        String picture = Samples.picture(1, 1, 0xff0000);
        ChatRequest request = read("{\"model\":\"m\",\"messages\":["
                + "{\"role\":\"system\",\"content\":\"s\"},"
                + "{\"role\":\"developer\",\"content\":[{\"type\":\"text\",\"text\":\"d\"}],\"name\":\"n\"},"
                + "{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"u\"},{\"type\":\"image_url\","
                + "\"image_url\":{\"url\":\"" + picture + "\",\"detail\":\"low\"}}]},"
                + "{\"role\":\"assistant\",\"content\":null,\"refusal\":null,\"tool_calls\":[],"
                + "\"provider_specific_fields\":{\"refusal\":null}},"
                + "{\"role\":\"assistant\"}]}");

        assertThat(request.messages())
                .containsExactly(
                        new ChatMessage(Role.SYSTEM, List.of(new ChatPart.Text("s"))),
                        new ChatMessage(Role.SYSTEM, List.of(new ChatPart.Text("d"))),
                        new ChatMessage(
                                Role.USER,
                                List.of(
                                        new ChatPart.Text("u"),
                                        new ChatPart.ImageUrl(picture, true, "messages[2].content[1].image_url.url"))),
                        new ChatMessage(Role.ASSISTANT, List.of()),
                        new ChatMessage(Role.ASSISTANT, List.of()));
    }

    @Test
    void boundsTheNumberOfPictures() {
        String image = "{\"type\":\"image_url\",\"image_url\":{\"url\":\"" + Samples.picture(1, 1, 0) + "\"}}";
        String turn = "{\"role\":\"user\",\"content\":[" + image + "," + image + "]}";

        ApiException refused = refusal("{\"model\":\"m\",\"messages\":[" + turn + "," + turn + "]}");

        assertThat(refused).hasMessage("A request may hold at most 2 images and videos.");
        assertThat(refused.param()).hasValue("messages[1].content[0].image_url.url");
    }

    @Test
    void takesAllTokensForMinusOneAndNotTheModelsDefault() {
        assertThat(with(",\"top_k\":-1").sampling().topK()).hasValue(Integer.MAX_VALUE);
    }

    @Test
    void takesAnySeedOf64Bits() {
        assertThat(with(",\"seed\":-1").sampling().seed()).hasValue(-1);
        assertThat(with(",\"seed\":18446744073709551615").sampling().seed()).hasValue(-1);
        assertThat(with(",\"seed\":-9223372036854775808").sampling().seed()).hasValue(Long.MIN_VALUE);
    }

    @Test
    void knowsTheSameMembersAsTheDescriptionOfTheApi() {
        assertThat(java.util.Arrays.stream(ChatCompletionRequest.class.getRecordComponents())
                        .map(java.lang.reflect.RecordComponent::getName))
                .containsExactlyInAnyOrderElementsOf(ChatRequestReader.HONOURED);
    }

    private ChatRequest with(String members) {
        return read("{\"model\":\"m\",\"messages\":" + HELLO + members + "}");
    }

    private ChatRequest read(String body) {
        return reader.read(body.getBytes(StandardCharsets.UTF_8));
    }

    private ApiException refusal(String body) {
        return catchThrowableOfType(ApiException.class, () -> read(body));
    }
}
