package io.grevy.inference;

import java.util.List;

/**
 * How the prompt is made of the conversation, or what it is in place of one.
 *
 * @param turn where it ends
 * @param variablesJson a JSON object of further variables for the chat template, empty for none
 * @param raw the prompts, where there is no conversation; each gets as many choices as one would
 * @param thinking where the request says that the model has to tell its reasoning; empty if it does not say so
 */
public record Prompting(Turn turn, String variablesJson, List<RawPrompt> raw, String thinking) {

    public Prompting {
        raw = List.copyOf(raw);
    }

    /** Of a conversation. */
    public Prompting(Turn turn, String variablesJson) {
        this(turn, variablesJson, List.of(), "");
    }

    /** Of a conversation, where the model has to tell its reasoning. */
    public Prompting(Turn turn, String variablesJson, String thinking) {
        this(turn, variablesJson, List.of(), thinking);
    }

    /** Without a conversation. */
    public static Prompting raw(List<RawPrompt> prompts) {
        return new Prompting(Turn.NONE, "", prompts, "");
    }

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
