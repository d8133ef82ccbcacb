package io.grevy.tools;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The head of a harmony message, from {@code <|start|>} up to {@code <|message|>}. */
final class HarmonyHead {
    private static final int LONGEST = 512;
    private static final Pattern CHANNEL = Pattern.compile("<\\|channel\\|>\\s*(\\w+)");
    private static final Pattern RECIPIENT = Pattern.compile("\\bto=([^\\s<]+)");
    private static final String FUNCTIONS = "functions.";

    private final StringBuilder text = new StringBuilder();
    private boolean marked;

    void marker(String marker) {
        text.append(marker);
        marked = true;
    }

    /** @return whether this may still be a head */
    boolean accept(char c) {
        text.append(c);
        return text.length() <= LONGEST && (marked || mayBegin());
    }

    /** The head without its first marker: the prompt ends with the role. */
    private boolean mayBegin() {
        String head = text.toString().strip();
        if (head.startsWith("assistant")) {
            head = head.substring("assistant".length()).strip();
        }
        return head.startsWith("to=") || "to=".startsWith(head) || "assistant".startsWith(head);
    }

    boolean isAnalysis() {
        Matcher channel = CHANNEL.matcher(text);
        return channel.find() && channel.group(1).equals("analysis");
    }

    /** The function to which the message is addressed; tools of the model's own on the analysis channel are none. */
    Optional<String> function() {
        Matcher recipient = RECIPIENT.matcher(text);
        if (!recipient.find()) {
            return Optional.empty();
        }
        String name = recipient.group(1);
        if (name.startsWith(FUNCTIONS) && name.length() > FUNCTIONS.length()) {
            return Optional.of(name.substring(FUNCTIONS.length()));
        }
        boolean elsewhere = isAnalysis() || name.equals("user") || name.equals("assistant") || name.equals("all");
        return elsewhere ? Optional.empty() : Optional.of(name);
    }

    String take() {
        String taken = text.toString();
        text.setLength(0);
        marked = false;
        return taken;
    }
}
