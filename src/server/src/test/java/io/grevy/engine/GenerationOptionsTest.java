package io.grevy.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.inference.Assistance;
import io.grevy.inference.Choices;
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
import java.util.Set;
import org.junit.jupiter.api.Test;

class GenerationOptionsTest {

    private static final GenerationDefaults GREEDY = new GenerationDefaults(false, 1, Set.of(2));
    private static final GenerationDefaults SAMPLING = new GenerationDefaults(true, 0.7, Set.of(2));

    private static final TokenIds TOKENS = new TokenIds(100, OptionalInt.of(3));

    private static Map<String, Object> options(GenerationDefaults defaults, Sampling sampling, Stopping stopping)
            throws RefusedRequestException {
        GenerationOptions options = engineOptions(defaults);
        InferenceRequest request = request(sampling, stopping);
        return options.of(request, 0, options.maxNewTokens(request, 40));
    }

    private static InferenceRequest request(Sampling sampling, Stopping stopping) {
        Message message = new Message(Role.USER, List.of(new Part.Text("What do you see?")));
        InferenceRequest usual = InferenceRequest.of("chatcmpl-1", List.of(message));
        return new InferenceRequest(
                usual.id(),
                usual.messages(),
                usual.tools(),
                usual.prompting(),
                sampling,
                usual.assistance(),
                stopping,
                usual.choices(),
                usual.structure(),
                usual.rendering());
    }

    private static Sampling temperature(double temperature) {
        return new Sampling(
                OptionalDouble.of(temperature),
                OptionalDouble.of(0.9),
                OptionalInt.of(5),
                OptionalDouble.of(0.2),
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
                .containsEntry("min_p", 0.2)
                .containsEntry("rng_seed", 7L);
    }

    @Test
    void eachChoiceOfASeededRequestHasItsOwnSeed() {
        Map<String, Object> second = engineOptions(GREEDY).of(request(temperature(0.5), Stopping.unspecified()), 1, 5);

        assertThat(second).containsEntry("rng_seed", 8L);
    }

    @Test
    void withoutALimitTheAnswerMayFillTheContext() throws Exception {
        assertThat(options(GREEDY, Sampling.unspecified(), Stopping.unspecified()))
                .containsEntry("max_new_tokens", 60L);
    }

    @Test
    void moreTokensThanTheContextHoldsAreRefusedWithTheNumbers() {
        Stopping tooMany = new Stopping(OptionalInt.of(61), 0, List.of(), false, Set.of(), false);

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

    private static final Assistance GUESSES =
            new Assistance(OptionalInt.of(7), OptionalDouble.empty(), OptionalInt.empty());
    private static final Assistance THRESHOLD =
            new Assistance(OptionalInt.empty(), OptionalDouble.of(0.4), OptionalInt.empty());
    private static final Assistance NGRAM =
            new Assistance(OptionalInt.empty(), OptionalDouble.empty(), OptionalInt.of(2));

    @Test
    void whatARequestSaysOfGuessingReachesTheEngine() throws Exception {
        assertThat(guessing(DRAFT, GUESSES)).containsEntry("num_assistant_tokens", 7L);
        assertThat(guessing(DRAFT, THRESHOLD)).containsEntry("assistant_confidence_threshold", 0.4);
        assertThat(guessing(LOOKUP, GUESSES)).containsEntry("num_assistant_tokens", 7L);
        assertThat(guessing(LOOKUP, NGRAM)).containsEntry("max_ngram_size", 2L);
    }

    @Test
    void guessingThatTheModelDoesNotDoIsRefusedByName() {
        assertRefused(NONE, GUESSES, "num_assistant_tokens", "a draft model or prompt lookup");
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

        options.checkThreshold(request(THRESHOLD), 255);
        options.checkThreshold(request(GUESSES), 256);
        assertThatThrownBy(() -> options.checkThreshold(request(THRESHOLD), 256))
                .isInstanceOf(RefusedRequestException.class)
                .hasMessage("With assistant_confidence_threshold, max_tokens must be given and be less than 256 with"
                        + " this model.");
    }

    private static Map<String, Object> guessing(Speculation speculation, Assistance assistance)
            throws RefusedRequestException {
        GenerationOptions options = options(speculation);
        InferenceRequest request = request(assistance);
        options.check(request);
        return options.of(request, 0, 5);
    }

    private static void assertRefused(Speculation speculation, Assistance assistance, String name, String needed) {
        assertThatThrownBy(() -> guessing(speculation, assistance))
                .isInstanceOfSatisfying(RefusedRequestException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.NOT_SUPPORTED);
                    assertThat(e.field()).isEqualTo(name);
                })
                .hasMessage(name + " is for models with " + needed + "; this model has none.");
    }

    private static GenerationOptions options(Speculation speculation) {
        return engineOptions(
                GREEDY,
                new ExecutionSettings("CPU", Scheduling.defaults(), Map.of(), speculation, OptionalInt.empty(), 20));
    }

    private static InferenceRequest request(Assistance assistance) {
        InferenceRequest usual = request(Sampling.unspecified(), Stopping.unspecified());
        return new InferenceRequest(
                usual.id(),
                usual.messages(),
                usual.tools(),
                usual.prompting(),
                usual.sampling(),
                assistance,
                usual.stopping(),
                usual.choices(),
                usual.structure(),
                usual.rendering());
    }

    @Test
    void ownStopTokensComeOnTopOfTheModelsAndTheTokenizers() throws Exception {
        Stopping stopping = new Stopping(OptionalInt.empty(), 5, List.of(), false, Set.of(7, 8), false);

        assertThat(options(GREEDY, Sampling.unspecified(), stopping))
                .containsEntry("stop_token_ids", Set.of(2, 3, 7, 8))
                .containsEntry("min_new_tokens", 5L);
        assertThat(options(GREEDY, Sampling.unspecified(), Stopping.unspecified()))
                .doesNotContainKeys("stop_token_ids", "min_new_tokens");
    }

    @Test
    void beamsNeitherSampleNorPenalise() {
        InferenceRequest usual = request(temperature(0.5), Stopping.unspecified());
        InferenceRequest beams = new InferenceRequest(
                usual.id(),
                usual.messages(),
                usual.tools(),
                usual.prompting(),
                usual.sampling(),
                usual.assistance(),
                usual.stopping(),
                Choices.beams(2, 4, 0.5),
                usual.structure(),
                usual.rendering());

        assertThat(engineOptions(SAMPLING).of(beams, 0, 5))
                .containsEntry("num_beams", 4L)
                .containsEntry("num_return_sequences", 2L)
                .containsEntry("length_penalty", 0.5)
                .containsEntry("do_sample", false)
                .containsEntry("repetition_penalty", 1.0)
                .doesNotContainKeys("temperature", "rng_seed");
        assertThat(engineOptions(SAMPLING).of(usual, 0, 5)).containsEntry("num_beams", 1L);
    }

    @Test
    void asManyCandidatesAsTheModelsLimitAreRefusedByName() throws Exception {
        engineOptions(SAMPLING).check(withChoices(Choices.independent(19)));

        assertThatThrownBy(() -> engineOptions(SAMPLING).check(withChoices(Choices.independent(20))))
                .isInstanceOf(RefusedRequestException.class)
                .hasMessage("n must be below 20 for this model, not 20.");
        assertThatThrownBy(() -> engineOptions(SAMPLING).check(withChoices(Choices.bestOf(2, 21))))
                .hasMessage("best_of must be below 20 for this model, not 21.");
    }

    @Test
    void moreTokensAtLeastThanAtMostAreRefused() {
        Stopping tooMany = new Stopping(OptionalInt.empty(), 61, List.of(), false, Set.of(), false);

        assertThatThrownBy(() -> options(GREEDY, Sampling.unspecified(), tooMany))
                .hasMessage("min_tokens is 61; an answer to this prompt has at most 60.");
    }

    private static GenerationOptions engineOptions(GenerationDefaults defaults) {
        return engineOptions(defaults, ExecutionSettings.defaults());
    }

    private static GenerationOptions engineOptions(GenerationDefaults defaults, ExecutionSettings execution) {
        return new GenerationOptions(defaults, TOKENS, OptionalInt.of(100), execution);
    }

    private static InferenceRequest withChoices(Choices choices) {
        InferenceRequest usual = request(Sampling.unspecified(), Stopping.unspecified());
        return new InferenceRequest(
                usual.id(),
                usual.messages(),
                usual.tools(),
                usual.prompting(),
                usual.sampling(),
                usual.assistance(),
                usual.stopping(),
                choices,
                usual.structure(),
                usual.rendering());
    }
}
