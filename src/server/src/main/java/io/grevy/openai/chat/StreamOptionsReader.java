package io.grevy.openai.chat;

import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import java.util.Set;

/** Reads {@code stream_options}. */
public final class StreamOptionsReader {

    private static final Set<String> KNOWN = Set.of("include_usage", "include_obfuscation", "continuous_usage_stats");

    private StreamOptionsReader() {}

    /** Whether the stream is to end with the usage. */
    public static boolean includeUsage(Fields request, boolean stream) {
        return request.optional("stream_options")
                .map(options -> includeUsage(options, stream))
                .orElse(false);
    }

    private static boolean includeUsage(Field field, boolean stream) {
        Fields options = field.asObject();
        if (!stream) {
            throw field.invalid("is only allowed when stream is true");
        }
        options.allowOnly(KNOWN);
        // Padding against guessing tokens from packet lengths: accepted either way, and never sent.
        options.optional("include_obfuscation").ifPresent(Field::asBoolean);
        if (options.optional("continuous_usage_stats").map(Field::asBoolean).orElse(false)) {
            throw options.unsupported("continuous_usage_stats", "only as false");
        }
        return options.optional("include_usage").map(Field::asBoolean).orElse(false);
    }
}
