package io.grevy.inference;

/**
 * What a request cost.
 *
 * @param promptTokens the prompt's tokens, those of its pictures included, counted once for all choices
 * @param completionTokens the tokens of all choices
 */
public record Usage(int promptTokens, int completionTokens) {

    public int totalTokens() {
        return promptTokens + completionTokens;
    }
}
