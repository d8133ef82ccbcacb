package io.grevy.openai.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.grevy.image.Picture;
import io.grevy.image.PictureLoader;
import io.grevy.inference.Choices;
import io.grevy.inference.FinishReason;
import io.grevy.inference.Generation;
import io.grevy.inference.GenerationEvent;
import io.grevy.inference.GenerationEvent.ChoiceEnded;
import io.grevy.inference.GenerationEvent.Failed;
import io.grevy.inference.GenerationEvent.Finished;
import io.grevy.inference.GenerationEvent.Text;
import io.grevy.inference.Part;
import io.grevy.inference.RefusedRequestException;
import io.grevy.inference.RefusedRequestException.Reason;
import io.grevy.inference.TokenLogProb;
import io.grevy.inference.Usage;
import io.grevy.openai.ErrorCode;
import io.grevy.security.Quotas;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class ChatExchangeTest {

    private static final Text HELLO = new Text(0, "Hello", 1);
    private static final Text WORLD = new Text(0, " world", 1);
    private static final ChoiceEnded STOP = new ChoiceEnded(0, FinishReason.STOP);
    private static final Finished FINISHED = new Finished(new Usage(3, 2));

    private final ChatSettings settings = Samples.chatSettings(Map.of("grevy.max_request_bytes", "100000"));
    private final BodyBudget budget = new BodyBudget(settings);
    private final RunningAnswers running = new RunningAnswers();
    private final RecordedReply reply = new RecordedReply();

    @Test
    void answersWhole() {
        ScriptedModels models = new ScriptedModels(HELLO, WORLD, STOP, FINISHED);

        run(models, body(""), reply);

        ChatCompletion answer = reply.whole.orElseThrow();
        assertThat(answer.choices()).containsExactly(new ChatCompletion.Choice(0, "Hello world", "stop"));
        assertThat(answer.usage()).isEqualTo(new TokenUsage(3, 2, 5));
        assertThat(answer.head().id()).startsWith("chatcmpl-").hasSizeGreaterThan(30);
        assertThat(answer.head().model()).isEqualTo("org/model");
        assertAllGivenBack(models);
    }

    @Test
    void tellsTheEngineTheSameIdAsTheClient() {
        ScriptedModels models = new ScriptedModels(STOP, FINISHED);

        run(models, body(""), reply);

        assertThat(models.started)
                .singleElement()
                .satisfies(request -> assertThat(request.id())
                        .isEqualTo(reply.whole.orElseThrow().head().id()));
    }

    @Test
    void streams() {
        ScriptedModels models = new ScriptedModels(HELLO, WORLD, STOP, FINISHED);

        run(models, body(",\"stream\":true"), reply);

        assertThat(reply.streamed.orElseThrow())
                .contains("\"content\":\"Hello\"", "\"content\":\" world\"", "\"finish_reason\":\"stop\"")
                .endsWith("data: [DONE]\n\n");
        assertAllGivenBack(models);
    }

    @Test
    void aFailureBeforeTheFirstTokenIsAnErrorByItsStatus() {
        ScriptedModels models = new ScriptedModels(new Failed(GenerationEvent.Cause.ENGINE, "The engine is dead."));

        run(models, body(",\"stream\":true"), reply);

        assertThat(reply.streamed).isEmpty();
        assertThat(reply.failure.orElseThrow().code()).isEqualTo(ErrorCode.GENERATION_FAILED);
        assertThat(reply.failure.orElseThrow()).hasMessage("The engine is dead.");
        assertAllGivenBack(models);
    }

    @Test
    void aFailureOfTheRequestsMakingIsTheClients() {
        run(new ScriptedModels(new Failed(GenerationEvent.Cause.REQUEST, "Too long.")), body(""), reply);

        assertThat(reply.failure.orElseThrow().code()).isEqualTo(ErrorCode.CONTEXT_LENGTH_EXCEEDED);
    }

    @Test
    void whatTheEngineRefusesIsTheClientsToo() {
        run(new ScriptedModels(new Failed(GenerationEvent.Cause.REFUSED, "Too narrow a picture.")), body(""), reply);

        assertThat(reply.failure.orElseThrow().code()).isEqualTo(ErrorCode.REFUSED_BY_ENGINE);
        assertThat(reply.failure.orElseThrow()).hasMessage("Too narrow a picture.");
    }

    @Test
    void aFailureInTheMiddleIsAnEventAndNoProperEnd() {
        ScriptedModels models = new ScriptedModels(HELLO, new Failed(GenerationEvent.Cause.ENGINE, "It died."));

        run(models, body(",\"stream\":true"), reply);

        assertThat(reply.streamed.orElseThrow())
                .contains("\"content\":\"Hello\"")
                .contains("data: {\"error\":{\"message\":\"It died.\"")
                .doesNotContain("[DONE]", "\"finish_reason\":\"");
        assertAllGivenBack(models);
    }

    @Test
    void aMistakeOfOursInTheMiddleIsAnEventThatTellsNothing() {
        ScriptedModels models = new ScriptedModels(HELLO); // asking for more throws

        run(models, body(",\"stream\":true"), reply);

        assertThat(reply.streamed.orElseThrow())
                .contains("data: {\"error\":{\"message\":\"The server failed.\"")
                .doesNotContain("Exception", "[DONE]");
        assertAllGivenBack(models);
    }

    @Test
    void silenceIsFilledWithComments() {
        ScriptedModels models = new ScriptedModels()
                .thenSilence()
                .thenSilence()
                .then(HELLO)
                .thenSilence()
                .then(STOP, FINISHED);

        run(models, body(",\"stream\":true"), reply);

        assertThat(reply.streamed.orElseThrow())
                .startsWith(": keep-alive\n\n: keep-alive\n\ndata: {")
                .endsWith("data: [DONE]\n\n")
                .containsPattern("Hello.*\\n\\n: keep-alive\\n\\n");
    }

    @Test
    void withoutHeartbeatsSilenceStaysSilent() {
        ChatSettings silent = Samples.chatSettings(Map.of("grevy.sse_heartbeat_seconds", "0"));
        ScriptedModels models =
                new ScriptedModels().thenSilence().then(HELLO).thenSilence().then(STOP, FINISHED);

        run(service(models, silent), body(",\"stream\":true"), reply);

        assertThat(reply.streamed.orElseThrow()).startsWith("data: ").doesNotContain("keep-alive");
    }

    @Test
    void aWholeAnswerOutlastsSilence() {
        run(new ScriptedModels().thenSilence().then(HELLO, STOP, FINISHED), body(""), reply);

        assertThat(reply.whole.orElseThrow().choices().get(0).message().content())
                .isEqualTo("Hello");
    }

    @Test
    void aClientThatGoesAwayGivesItsPlaceBack() {
        RecordedReply leaving = new RecordedReply(300);
        ScriptedModels models = new ScriptedModels(HELLO, WORLD, WORLD, WORLD, WORLD, STOP, FINISHED);

        run(models, body(",\"stream\":true"), leaving);

        assertThat(leaving.streamed.orElseThrow()).hasSize(300);
        assertAllGivenBack(models);
    }

    @Test
    void interleavesChoices() {
        ScriptedModels models = new ScriptedModels(
                new Text(1, "b", 1),
                new Text(0, "a", 1),
                new ChoiceEnded(1, FinishReason.LENGTH),
                new Text(0, "A", 1),
                STOP,
                FINISHED);

        run(models, body(",\"n\":2"), reply);

        assertThat(reply.whole.orElseThrow().choices())
                .containsExactly(
                        new ChatCompletion.Choice(0, "aA", "stop"), new ChatCompletion.Choice(1, "b", "length"));
        assertThat(models.started.get(0).choices()).isEqualTo(Choices.independent(2));
    }

    @Test
    void loadsPicturesInTheirOrder() {
        ScriptedModels models = new ScriptedModels(STOP, FINISHED);
        String parts = "[{\"type\":\"text\",\"text\":\"see\"}," + image(1, 1, 0xff0000) + "," + image(2, 1, 0x00ff00)
                + "," + image(3, 1, 0x0000ff) + "]";

        run(models, "{\"model\":\"org/model\",\"messages\":[{\"role\":\"user\",\"content\":" + parts + "}]}", reply);

        assertThat(models.started.get(0).messages().get(0).parts())
                .extracting(part ->
                        part instanceof Part.Image image ? image.picture().width() : 0)
                .containsExactly(0, 1, 2, 3);
        Picture red =
                ((Part.Image) models.started.get(0).messages().get(0).parts().get(1)).picture();
        assertThat(red.rgb()).containsExactly(255, 0, 0);
    }

    @Test
    void namesThePictureThatIsBroken() {
        ScriptedModels models = new ScriptedModels();
        String broken = "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,aGVsbG8=\"}}";
        String parts = "[" + image(1, 1, 0) + "," + broken + "]";

        run(models, "{\"model\":\"org/model\",\"messages\":[{\"role\":\"user\",\"content\":" + parts + "}]}", reply);

        assertThat(reply.failure.orElseThrow().param()).hasValue("messages[0].content[1].image_url.url");
        assertThat(reply.failure.orElseThrow().code()).isEqualTo(ErrorCode.UNSUPPORTED_IMAGE_FORMAT);
        assertThat(models.placesClosed).isEqualTo(1);
        assertThat(budget.held()).isZero();
    }

    @Test
    void refusalsOfTheModelHaveTheirCodes() {
        assertThat(failureOf(new ScriptedModels(), body("").replace("org/model", "nobody")))
                .isEqualTo(ErrorCode.MODEL_NOT_FOUND);
        assertThat(failureOf(new ScriptedModels(), body("").replace("org/model", "loading")))
                .isEqualTo(ErrorCode.MODEL_UNAVAILABLE);

        ScriptedModels full = new ScriptedModels();
        full.full = true;
        assertThat(failureOf(full, body(""))).isEqualTo(ErrorCode.QUEUE_FULL);

        ScriptedModels refusing = new ScriptedModels();
        refusing.refusal = Optional.of(new RefusedRequestException(Reason.RESERVED_TEXT, "No tags."));
        assertThat(failureOf(refusing, body(""))).isEqualTo(ErrorCode.RESERVED_TEXT);
        assertThat(refusing.placesClosed).isEqualTo(1);
    }

    @Test
    void aCancelledStreamEndsWithAnErrorThatSaysSo() {
        ScriptedModels models =
                new ScriptedModels(HELLO, new Failed(GenerationEvent.Cause.CANCELLED, "It was cancelled."));

        run(models, body(",\"stream\":true"), reply);

        assertThat(reply.streamed.orElseThrow())
                .contains("data: {\"error\":{\"message\":\"It was cancelled.\"")
                .contains("\"code\":\"generation_cancelled\"")
                .doesNotContain("[DONE]", "\"finish_reason\":\"");
        assertAllGivenBack(models);
    }

    @Test
    void aCancelledWholeAnswerIsAnErrorThatSaysSo() {
        run(
                new ScriptedModels(HELLO, new Failed(GenerationEvent.Cause.CANCELLED, "It was cancelled.")),
                body(""),
                reply);

        assertThat(reply.failure.orElseThrow().code()).isEqualTo(ErrorCode.GENERATION_CANCELLED);
        assertThat(reply.failure.orElseThrow().code().status()).isEqualTo(499);
    }

    @Test
    void anAnswerIsListedWhileItIsUnderWayUnderTheIdThatItsClientSees() {
        ScriptedModels models = new ScriptedModels(HELLO, STOP, FINISHED);
        List<Boolean> cancelled = new ArrayList<>();
        RecordedReply cancelling = new RecordedReply() {
            @Override
            public Generation attended(Generation generation) {
                return new Generation() {
                    @Override
                    public Optional<GenerationEvent> next(Duration patience) throws InterruptedException {
                        if (cancelled.isEmpty()) {
                            cancelled.add(running.cancel(models.started.get(0).id()));
                        }
                        return generation.next(patience);
                    }

                    @Override
                    public void close() {
                        generation.close();
                    }
                };
            }
        };

        run(models, body(",\"stream\":true"), cancelling);

        assertThat(cancelled).containsExactly(true);
        assertThat(cancelling.streamed.orElseThrow())
                .contains("\"id\":\"" + models.started.get(0).id() + "\"");
        assertThat(running.cancel(models.started.get(0).id())).isFalse();
    }

    @Test
    void tellsTheTokensWholeAndInAStream() {
        byte[] half = {(byte) 0xC3};
        Text word = new Text(0, "Hi", 1, List.of(new TokenLogProb("Hi".getBytes(StandardCharsets.UTF_8), -0.5f)));
        Text cut = new Text(0, "\uFFFD", 1, List.of(new TokenLogProb(half, Float.NEGATIVE_INFINITY)));
        String first = "{\"token\":\"Hi\",\"logprob\":-0.5,\"bytes\":[72,105],\"top_logprobs\":[]}";
        String second = "{\"token\":\"\uFFFD\",\"logprob\":-9999,\"bytes\":[195],\"top_logprobs\":[]}";
        RecordedReply streaming = new RecordedReply();

        run(new ScriptedModels(word, cut, STOP, FINISHED), body(",\"logprobs\":true"), reply);
        run(new ScriptedModels(word, cut, STOP, FINISHED), body(",\"logprobs\":true,\"stream\":true"), streaming);

        assertThat(reply.whole.orElseThrow().toJson().toString().replace("-9999.0", "-9999"))
                .contains("\"logprobs\":{\"content\":[" + first + "," + second + "],\"refusal\":null}");
        assertThat(streaming.streamed.orElseThrow().replace("-9999.0", "-9999"))
                .contains(
                        "\"logprobs\":{\"content\":[" + first + "],\"refusal\":null},\"finish_reason\":null",
                        "\"logprobs\":{\"content\":[" + second + "],\"refusal\":null},\"finish_reason\":null",
                        "\"logprobs\":null,\"finish_reason\":\"stop\"");
    }

    @Test
    void aPictureOfLowDetailIsScaledDownAndOthersAreNot() {
        ScriptedModels models = new ScriptedModels(STOP, FINISHED);
        String large = Samples.picture(1024, 600, 0x00ff00);
        String parts = String.join(
                ",",
                List.of(
                        image(large, "\"low\""),
                        image(large, "\"high\""),
                        image(large, "\"auto\""),
                        image(Samples.picture(40, 20, 0), "\"low\"")));

        run(models, "{\"model\":\"org/model\",\"messages\":[{\"role\":\"user\",\"content\":[" + parts + "]}]}", reply);

        assertThat(models.started.get(0).messages().get(0).parts())
                .extracting(part -> ((Part.Image) part).picture().toString())
                .containsExactly("Picture[512x300]", "Picture[1024x600]", "Picture[1024x600]", "Picture[40x20]");
    }

    private static String image(String url, String detail) {
        return "{\"type\":\"image_url\",\"image_url\":{\"url\":\"" + url + "\",\"detail\":" + detail + "}}";
    }

    @Test
    void refusalsNameTheFieldThatTheModelHasSomethingAgainst() {
        ScriptedModels refusing = new ScriptedModels();
        refusing.refusal = Optional.of(new RefusedRequestException(Reason.NOT_SUPPORTED, "logprobs", "No."));

        run(refusing, body(",\"logprobs\":true"), reply);

        assertThat(reply.failure.orElseThrow().param()).contains("logprobs");
        assertThat(reply.failure.orElseThrow().code()).isEqualTo(ErrorCode.UNSUPPORTED_PARAMETER);
    }

    @Test
    void aBodyThatBreaksOffSettlesTheReply() {
        InputStream broken = new InputStream() {
            private final Queue<Integer> bytes = new ArrayDeque<>(List.of((int) '{'));

            @Override
            public int read() throws IOException {
                Integer next = bytes.poll();
                if (next == null) {
                    throw new IOException("Connection reset");
                }
                return next;
            }
        };
        service(new ScriptedModels()).exchange("req", broken, reply).run();

        assertThat(reply.failure.orElseThrow()).hasMessage("The request body ended early.");
        assertThat(budget.held()).isZero();
    }

    private ErrorCode failureOf(ScriptedModels models, String body) {
        RecordedReply own = new RecordedReply();
        run(models, body, own);
        return own.failure.orElseThrow().code();
    }

    private void assertAllGivenBack(ScriptedModels models) {
        assertThat(models.admitted).isEqualTo(1);
        assertThat(models.placesClosed).isEqualTo(1);
        assertThat(models.generationsClosed).isEqualTo(1);
        assertThat(budget.held()).isZero();
    }

    private void run(ScriptedModels models, String body, RecordedReply to) {
        run(service(models), body, to);
    }

    private static void run(ChatService service, String body, RecordedReply to) {
        InputStream in = new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
        service.exchange("req", in, to).run();
        assertThat(to.settled()).isTrue();
    }

    private ChatService service(ScriptedModels models) {
        return service(models, settings);
    }

    private ChatService service(ScriptedModels models, ChatSettings settings) {
        PicturePool pictures = new PicturePool(new PictureLoader(settings.pictures()));
        Exchanges exchanges = new Exchanges(
                models, new Intake(settings), budget, new ChatThreads(settings), running, Quotas.none(), settings);
        return new ChatService(exchanges, Samples.reader(settings), pictures);
    }

    private static String body(String members) {
        return "{\"model\":\"org/model\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]" + members + "}";
    }

    private static String image(int width, int height, int rgb) {
        return "{\"type\":\"image_url\",\"image_url\":{\"url\":\"" + Samples.picture(width, height, rgb) + "\"}}";
    }
}
