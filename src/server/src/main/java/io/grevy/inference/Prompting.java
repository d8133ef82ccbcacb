package io.grevy.inference;

/**
 * How the prompt is made of the conversation.
 *
 * @param turn where it ends
 * @param variablesJson a JSON object of further variables for the chat template, empty for none
 */
public record Prompting(Turn turn, String variablesJson) {

    /** Where the prompt ends. */
    public enum Turn {
        /** Where the model's answer begins. */
        OPEN,
        /** After the last message, whoever is to speak next. */
        NONE,
        /** Within the last message, which is the assistant's: the model goes on with it. */
        CONTINUED
    }

    public static Prompting usual() {
        return new Prompting(Turn.OPEN, "");
    }
}
