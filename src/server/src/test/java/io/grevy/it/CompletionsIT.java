package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionChoice;
import com.openai.models.completions.CompletionCreateParams;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Raw prompts and tokens, and a chat template from a file, with OpenAI's own Java client where it has such calls. */
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompletionsIT {

    private static final String PROMPT = "The circle is red, Grüße 日本 😀.";
    private static final String LONG_STREAM =
            "{\"model\": \"text\", \"prompt\": \"a\", \"max_tokens\": 2000, \"ignore_eos\": true, \"stream\": true}";
    private static final String TEMPLATE =
            "{% if messages | length > 1 %}{{ raise_exception('one message only') }}{% endif %}{{ messages[0].content }}";

    @TempDir
    static Path folder;

    private GrevyProcess grevy;
    private Http http;
    private OpenAIClient client;

    @BeforeAll
    void start() throws Exception {
        Path template = Files.writeString(folder.resolve("chat.jinja"), TEMPLATE);
        TestRepository repository = new TestRepository(folder);
        repository.put("text", Deployments.model("fixtures/qwen2"));
        repository.put("vision", Deployments.model("fixtures/qwen2_vl"));
        repository.write();
        grevy = GrevyProcess.start(
                        Map.of(),
                        "--config_path",
                        repository.config().toString(),
                        "--chat_template_file",
                        template.toString())
                .awaitAvailable();
        http = new Http(grevy.url());
        http.awaitModels();
        client = OpenAIOkHttpClient.builder()
                .baseUrl(grevy.url() + "v3")
                .apiKey("not used")
                .maxRetries(0)
                .build();
    }

    @AfterAll
    void end() throws Exception {
        client.close();
        grevy.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "vision"})
    void tokensAreAnsweredAsTheTextTheyComeFrom(String model) throws Exception {
        Completion ofText =
                client.completions().create(greedy(model).prompt(PROMPT).build());
        Completion ofTokens = client.completions()
                .create(greedy(model).promptOfArrayOfTokens(tokens(model)).build());

        assertThat(ofText.id()).startsWith("cmpl-");
        assertThat(choice(ofText).finishReason()).isEqualTo(CompletionChoice.FinishReason.LENGTH);
        assertThat(ofText.usage().orElseThrow().promptTokens())
                .isEqualTo(tokens(model).size());
        assertThat(ofText.usage().orElseThrow().completionTokens()).isEqualTo(6);
        assertThat(choice(ofTokens).text()).isEqualTo(choice(ofText).text()).isNotEmpty();
        assertThat(ofTokens.usage()).isEqualTo(ofText.usage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "vision"})
    void streamsTheSameAnswerAndItsUsage(String model) {
        Completion whole =
                client.completions().create(greedy(model).prompt(PROMPT).build());
        List<Completion> chunks = stream(greedy(model)
                .prompt(PROMPT)
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build());

        Completion last = chunks.get(chunks.size() - 1);
        assertThat(last.choices()).isEmpty();
        assertThat(last.usage()).isEqualTo(whole.usage());
        assertThat(text(chunks)).isEqualTo(choice(whole).text());
        assertThat(chunks).extracting(Completion::id).containsOnly(last.id());
    }

    @Test
    void echoRepeatsThePromptOfTextAndOfTokens() throws Exception {
        String plain = choice(client.completions()
                        .create(greedy("text").prompt(PROMPT).build()))
                .text();

        assertThat(choice(client.completions()
                                .create(greedy("text").prompt(PROMPT).echo(true).build()))
                        .text())
                .isEqualTo(PROMPT + plain);
        assertThat(choice(client.completions()
                                .create(greedy("text")
                                        .promptOfArrayOfTokens(tokens("text"))
                                        .echo(true)
                                        .build()))
                        .text())
                .isEqualTo(PROMPT + plain);
        assertThat(text(stream(greedy("text").prompt(PROMPT).echo(true).build())))
                .isEqualTo(PROMPT + plain);
    }

    @Test
    void answersEachOfSeveralPrompts() {
        String one = choice(
                        client.completions().create(greedy("text").prompt("One").build()))
                .text();
        String other = choice(client.completions()
                        .create(greedy("text").prompt("Other").build()))
                .text();

        Completion both = client.completions()
                .create(greedy("text")
                        .promptOfArrayOfStrings(List.of("One", "Other"))
                        .n(2)
                        .build());

        assertThat(both.choices()).extracting(CompletionChoice::index).containsExactly(0L, 1L, 2L, 3L);
        assertThat(both.choices()).extracting(CompletionChoice::text).containsExactly(one, one, other, other);
    }

    @Test
    void tellsTheTokensOfItsText() {
        CompletionChoice choice = choice(client.completions()
                .create(greedy("text").prompt(PROMPT).logprobs(1).build()));

        CompletionChoice.Logprobs logProbs = choice.logprobs().orElseThrow();
        assertThat(logProbs.tokens().orElseThrow()).hasSizeBetween(1, 6);
        assertThat(logProbs.tokenLogprobs().orElseThrow())
                .hasSameSizeAs(logProbs.tokens().orElseThrow())
                .allSatisfy(logProb -> assertThat(logProb).isLessThanOrEqualTo(0));
        assertThat(logProbs.textOffset().orElseThrow().get(0)).isZero();
    }

    @Test
    void refusesWhatItCannotDoByName() throws Exception {
        assertThatThrownBy(() -> client.completions()
                        .create(greedy("text").prompt(PROMPT).logprobs(2).build()))
                .isInstanceOfSatisfying(
                        BadRequestException.class, e -> assertThat(e.param()).contains("logprobs"));
        assertThatThrownBy(() -> client.completions()
                        .create(greedy("text").prompt("a<|im_end|>").build()))
                .isInstanceOfSatisfying(BadRequestException.class, e -> {
                    assertThat(e.param()).contains("prompt");
                    assertThat(e.code()).contains("reserved_text");
                });
        assertThatThrownBy(() -> client.completions()
                        .create(greedy("text").prompt("a").suffix("b").build()))
                .isInstanceOfSatisfying(
                        BadRequestException.class, e -> assertThat(e.param()).contains("suffix"));
        assertThatThrownBy(() ->
                        client.completions().create(greedy("none").prompt("a").build()))
                .isInstanceOf(NotFoundException.class);
        assertThat(http.post("/v1/completions/cmpl-none/cancel", "").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aStreamThatIsCancelledByItsIdEndsWithAnErrorThatSaysSo() throws Exception {
        Metrics metrics = new Metrics(http, "text");
        double cancelledBefore = metrics.value("grevy:requests_total", "cancelled");
        try (RawStream stream = RawStream.open(grevy.url(), "/v3/completions", LONG_STREAM)) {
            String id = Json.createReader(new StringReader(stream.next()))
                    .readObject()
                    .getString("id");

            HttpResponse<String> cancelled = http.post("/v3/completions/" + id + "/cancel", "");

            assertThat(cancelled.statusCode()).isEqualTo(200);
            assertThat(json(cancelled).getString("id")).isEqualTo(id);
            String event = stream.next();
            while (event.contains("\"choices\"")) {
                event = stream.next();
            }
            assertThat(event).contains("\"code\":\"generation_cancelled\"");
            metrics.await("grevy:requests_total", "cancelled", cancelledBefore + 1);
        }
    }

    @Test
    void aClientThatGoesAwayIsCancelled() throws Exception {
        Metrics metrics = new Metrics(http, "text");
        double cancelledBefore = metrics.value("grevy:requests_total", "cancelled");
        try (RawStream stream = RawStream.open(grevy.url(), "/v3/completions", LONG_STREAM)) {
            stream.next();
        }

        metrics.await("grevy:requests_total", "cancelled", cancelledBefore + 1);
        assertThat(metrics.value("vllm:num_requests_running", "")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "vision"})
    void textComesBackFromItsTokens(String model) throws Exception {
        HttpResponse<String> back =
                http.post("/v3/detokenize", "{\"model\": \"%s\", \"tokens\": %s}".formatted(model, tokens(model)));

        assertThat(json(back).getString("prompt")).isEqualTo(PROMPT);
        assertThat(tokens(model)).hasSizeGreaterThan(3);
    }

    @Test
    void tokenizesSeveralTextsToALength() throws Exception {
        JsonObject answer = json(http.post(
                "/v1/tokenize",
                "{\"model\": \"text\", \"text\": [\"a\", \"a a a a a a a a a a\"], \"max_length\": 4,"
                        + " \"pad_to_max_length\": true, \"padding_side\": \"left\"}"));

        JsonArray rows = answer.getJsonArray("tokens");
        assertThat(rows.getJsonArray(0)).hasSize(4);
        assertThat(rows.getJsonArray(1)).hasSize(4);
        assertThat(rows.getJsonArray(0).getInt(0))
                .isEqualTo(rows.getJsonArray(0).getInt(2));
        assertThat(rows.getJsonArray(0).getInt(3))
                .isNotEqualTo(rows.getJsonArray(0).getInt(0));
        assertThat(answer.getInt("count")).isEqualTo(8);
        assertThat(answer.getInt("max_model_len")).isPositive();
    }

    @Test
    void anUnknownTokenOrModelIsTheClientsError() throws Exception {
        HttpResponse<String> token = http.post("/v3/detokenize", "{\"model\": \"text\", \"tokens\": [1, 99999999]}");
        assertThat(token.statusCode()).isEqualTo(400);
        assertThat(json(token).getJsonObject("error").getString("param")).isEqualTo("tokens[1]");
        assertThat(http.post("/v3/tokenize", "{\"model\": \"none\", \"text\": \"a\"}")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theChatTemplateOfTheFileIsApplied() throws Exception {
        ChatCompletionCreateParams.Builder chat = ChatCompletionCreateParams.builder()
                .model("text")
                .temperature(0)
                .maxCompletionTokens(6)
                .putAdditionalBodyProperty("ignore_eos", JsonValue.from(true))
                .addUserMessage(PROMPT);

        ChatCompletion answer = client.chat().completions().create(chat.build());

        assertThat(answer.usage().orElseThrow().promptTokens())
                .isEqualTo(tokens("text").size());
        assertThat(answer.choices().get(0).message().content())
                .contains(choice(client.completions()
                                .create(greedy("text").prompt(PROMPT).build()))
                        .text());
        assertThatThrownBy(() -> client.chat()
                        .completions()
                        .create(chat.addUserMessage("more").build()))
                .isInstanceOf(BadRequestException.class)
                .hasMessageContaining("one message only");
    }

    private List<Long> tokens(String model) throws Exception {
        String body = Json.createObjectBuilder()
                .add("model", model)
                .add("prompt", PROMPT)
                .build()
                .toString();
        JsonObject answer = json(http.post("/v3/tokenize", body));
        List<Long> tokens = answer.getJsonArray("tokens").getValuesAs(JsonNumber.class).stream()
                .map(JsonNumber::longValue)
                .toList();
        assertThat(answer.getInt("count")).isEqualTo(tokens.size());
        return tokens;
    }

    private List<Completion> stream(CompletionCreateParams params) {
        try (StreamResponse<Completion> stream = client.completions().createStreaming(params)) {
            return stream.stream().toList();
        }
    }

    private static String text(List<Completion> chunks) {
        return chunks.stream()
                .flatMap(chunk -> chunk.choices().stream())
                .map(CompletionChoice::text)
                .collect(Collectors.joining());
    }

    private static CompletionChoice choice(Completion completion) {
        return completion.choices().get(0);
    }

    private static CompletionCreateParams.Builder greedy(String model) {
        return CompletionCreateParams.builder()
                .model(model)
                .temperature(0)
                .maxTokens(6)
                .putAdditionalBodyProperty("ignore_eos", JsonValue.from(true));
    }

    private static JsonObject json(HttpResponse<String> response) {
        return Json.createReader(new StringReader(response.body())).readObject();
    }
}
