package io.grevy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.inference.Assistance;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.Message;
import io.grevy.inference.Part;
import io.grevy.inference.RefusedRequestException;
import io.grevy.inference.RefusedRequestException.Reason;
import io.grevy.inference.Role;
import io.grevy.inference.Sampling;
import io.grevy.inference.Stopping;
import io.grevy.repository.ExecutionSettings;
import io.grevy.repository.Scheduling;
import io.grevy.repository.Speculation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GenerationOptionsTest {

    private static final GenerationDefaults GREEDY = new GenerationDefaults(false, 1);
    private static final GenerationDefaults SAMPLING = new GenerationDefaults(true, 0.7);

    private static Map<String, Object> options(GenerationDefaults defaults, Sampling sampling, Stopping stopping)
            throws RefusedRequestException {
        GenerationOptions options = new GenerationOptions(defaults, OptionalInt.of(100), ExecutionSettings.defaults());
        InferenceRequest request = request(sampling, stopping);
        return options.of(request, 0, options.maxNewTokens(request, 40));
    }

    private static InferenceRequest request(Sampling sampling, Stopping stopping) {
        Message message = new Message(Role.USER, List.of(new Part.Text("What do you see?")));
        return new InferenceRequest("chatcmpl-1", List.of(message), sampling, stopping, 1);
    }

    private static Sampling temperature(double temperature) {
        return new Sampling(
                OptionalDouble.of(temperature),
                OptionalDouble.of(0.9),
                OptionalInt.of(5),
                OptionalLong.of(7),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    @Test
    void aModelThatDoesNotSampleIsGreedyWhenTheRequestSaysNothing() throws Exception {
        assertThat(options(GREEDY, Sampling.unspecified(), Stopping.unspecified()))
                .containsEntry("do_sample", false)
                .doesNotContainKeys("temperature", "rng_seed");
    }

    @Test
    void aModelThatSamplesDoesSoWithItsOwnTemperature() throws Exception {
        assertThat(options(SAMPLING, Sampling.unspecified(), Stopping.unspecified()))
                .containsEntry("do_sample", true)
                .containsEntry("temperature", 0.7)
                .containsKey("rng_seed");
    }

    @Test
    void temperatureZeroIsGreedyWhateverTheModelSays() throws Exception {
        assertThat(options(SAMPLING, temperature(0), Stopping.unspecified())).containsEntry("do_sample", false);
    }

    @Test
    void aTemperatureThatIsNothingToTheEngineIsGreedyToo() throws Exception {
        assertThat(options(SAMPLING, temperature(1e-46), Stopping.unspecified()))
                .containsEntry("do_sample", false);
    }

    @Test
    void theRequestsSamplingSettingsReachTheEngine() throws Exception {
        assertThat(options(GREEDY, temperature(0.5), Stopping.unspecified()))
                .containsEntry("temperature", 0.5)
                .containsEntry("top_p", 0.9)
                .containsEntry("top_k", 5L)
                .containsEntry("rng_seed", 7L);
    }

    @Test
    void eachChoiceOfASeededRequestHasItsOwnSeed() {
        Map<String, Object> second = new GenerationOptions(GREEDY, OptionalInt.empty(), ExecutionSettings.defaults())
                .of(request(temperature(0.5), Stopping.unspecified()), 1, 5);

        assertThat(second).containsEntry("rng_seed", 8L);
    }

    @Test
    void withoutALimitTheAnswerMayFillTheContext() throws Exception {
        assertThat(options(GREEDY, Sampling.unspecified(), Stopping.unspecified()))
                .containsEntry("max_new_tokens", 60L);
    }

    @Test
    void moreTokensThanTheContextHoldsAreRefusedWithTheNumbers() {
        Stopping tooMany = new Stopping(OptionalInt.of(61), List.of(), false);

        assertThatThrownBy(() -> options(GREEDY, Sampling.unspecified(), tooMany))
                .isInstanceOfSatisfying(
                        RefusedRequestException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.CONTEXT_LENGTH_EXCEEDED))
                .hasMessage("The prompt has 40 tokens and 61 more were asked for; this model's context holds 100.");
    }

    private static final Speculation NONE = new Speculation.None();
    private static final Speculation LOOKUP = new Speculation.PromptLookup();
    private static final Speculation DRAFT =
            new Speculation.DraftModel(Path.of("/draft"), Optional.empty(), OptionalInt.empty(), OptionalInt.empty());

    private static final Assistance TOKENS =
            new Assistance(OptionalInt.of(7), OptionalDouble.empty(), OptionalInt.empty());
    private static final Assistance THRESHOLD =
            new Assistance(OptionalInt.empty(), OptionalDouble.of(0.4), OptionalInt.empty());
    private static final Assistance NGRAM =
            new Assistance(OptionalInt.empty(), OptionalDouble.empty(), OptionalInt.of(2));

    @Test
    void whatARequestSaysOfGuessingReachesTheEngine() throws Exception {
        assertThat(guessing(DRAFT, TOKENS)).containsEntry("num_assistant_tokens", 7L);
        assertThat(guessing(DRAFT, THRESHOLD)).containsEntry("assistant_confidence_threshold", 0.4);
        assertThat(guessing(LOOKUP, TOKENS)).containsEntry("num_assistant_tokens", 7L);
        assertThat(guessing(LOOKUP, NGRAM)).containsEntry("max_ngram_size", 2L);
    }

    @Test
    void guessingThatTheModelDoesNotDoIsRefusedByName() {
        assertRefused(NONE, TOKENS, "num_assistant_tokens", "a draft model or prompt lookup");
        assertRefused(NONE, THRESHOLD, "assistant_confidence_threshold", "a draft model");
        assertRefused(NONE, NGRAM, "max_ngram_size", "prompt lookup");
        assertRefused(LOOKUP, THRESHOLD, "assistant_confidence_threshold", "a draft model");
        assertRefused(DRAFT, NGRAM, "max_ngram_size", "prompt lookup");
    }

    @Test
    void aRequestMayAskForAsManyGuessesAsAStepIsCheckedToTake() {
        assertThat(Assistance.MOST_TOKENS).isEqualTo(Speculation.MOST_GUESSES);
    }

    @Test
    void aThresholdIsForAnswersThatFitAStep() throws Exception {
        GenerationOptions options = options(DRAFT);

        options.checkThreshold(request(THRESHOLD, 1), 255);
        options.checkThreshold(request(TOKENS, 1), 256);
        assertThatThrownBy(() -> options.checkThreshold(request(THRESHOLD, 1), 256))
                .isInstanceOf(RefusedRequestException.class)
                .hasMessage("With assistant_confidence_threshold, max_tokens must be given and be less than 256 with"
                        + " this model.");
    }

    @Test
    void moreChoicesThanTheModelGivesAreRefused() throws Exception {
        ExecutionSettings three =
                new ExecutionSettings("CPU", Scheduling.defaults(), Map.of(), NONE, OptionalInt.empty(), 3);
        GenerationOptions options = new GenerationOptions(GREEDY, OptionalInt.of(100), three);

        options.check(request(Assistance.unspecified(), 2));
        assertThatThrownBy(() -> options.check(request(Assistance.unspecified(), 3)))
                .isInstanceOfSatisfying(
                        RefusedRequestException.class,
                        e -> assertThat(e.parameter()).isEqualTo("n"))
                .hasMessage("n must be less than 3 with this model, not 3.");
    }

    private static Map<String, Object> guessing(Speculation speculation, Assistance assistance)
            throws RefusedRequestException {
        GenerationOptions options = options(speculation);
        InferenceRequest request = request(assistance, 1);
        options.check(request);
        return options.of(request, 0, 5);
    }

    private static void assertRefused(Speculation speculation, Assistance assistance, String name, String needed) {
        assertThatThrownBy(() -> guessing(speculation, assistance))
                .isInstanceOfSatisfying(RefusedRequestException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.SPECULATION_NOT_SUPPORTED);
                    assertThat(e.parameter()).isEqualTo(name);
                })
                .hasMessage(name + " is for models with " + needed + "; this model has none.");
    }

    private static GenerationOptions options(Speculation speculation) {
        return new GenerationOptions(
                GREEDY,
                OptionalInt.of(100),
                new ExecutionSettings("CPU", Scheduling.defaults(), Map.of(), speculation, OptionalInt.empty(), 20));
    }

    private static InferenceRequest request(Assistance assistance, int choices) {
        Message message = new Message(Role.USER, List.of(new Part.Text("What do you see?")));
        return new InferenceRequest(
                "chatcmpl-1", List.of(message), Sampling.unspecified(), assistance, Stopping.unspecified(), choices);
    }
}
