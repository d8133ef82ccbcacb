package io.grevy.inference;

import java.util.Locale;

/** Who speaks a {@link Message}. */
public enum Role {
    SYSTEM,
    USER,
    ASSISTANT,
    TOOL;

    /** The role's name in chat templates: lower case. */
    public String templateName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
