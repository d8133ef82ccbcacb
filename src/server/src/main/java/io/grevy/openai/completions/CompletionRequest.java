package io.grevy.openai.completions;

import io.grevy.inference.Assistance;
import io.grevy.inference.Choices;
import io.grevy.inference.InferenceRequest;
import io.grevy.inference.Prompting;
import io.grevy.inference.RawPrompt;
import io.grevy.inference.Rendering;
import io.grevy.inference.Sampling;
import io.grevy.inference.Stopping;
import io.grevy.inference.Structure;
import io.grevy.openai.chat.AnswerForm;
import java.util.List;
import java.util.Optional;

/**
 * A request that was read and checked.
 *
 * @param prompts at least one
 * @param echo whether each choice begins with its prompt
 * @param topLogProbs whether the chosen token's log probability is told as that of the likeliest, too
 * @param choices of each prompt
 * @param form in which the answer is sent
 */
record CompletionRequest(
        String model,
        List<RawPrompt> prompts,
        boolean echo,
        boolean topLogProbs,
        Sampling sampling,
        Assistance assistance,
        Stopping stopping,
        Choices choices,
        Optional<Structure> structure,
        Rendering rendering,
        AnswerForm form) {

    CompletionRequest {
        prompts = List.copyOf(prompts);
    }

    InferenceRequest toInference(String id) {
        return new InferenceRequest(
                id,
                List.of(),
                Optional.empty(),
                Prompting.raw(prompts),
                sampling,
                assistance,
                stopping,
                choices,
                structure,
                rendering);
    }
}
