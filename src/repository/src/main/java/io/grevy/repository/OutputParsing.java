package io.grevy.repository;

import io.grevy.tools.OutputFormat;
import io.grevy.tools.ReasoningFormat;
import io.grevy.tools.ToolFormat;
import io.grevy.tools.UnknownFormatException;
import java.util.Optional;

/**
 * How calls of tools and reasoning are told from the rest of what a model writes.
 *
 * @param toolParser the name of the calls' format, or {@code none}; empty for what the chat template shows
 * @param reasoningParser the same of reasoning
 * @param guided whether the arguments of every call obey their schema
 */
public record OutputParsing(Optional<String> toolParser, Optional<String> reasoningParser, boolean guided) {

    private static final String NONE = "none";

    /** As the chat template shows it. */
    public static OutputParsing detected() {
        return new OutputParsing(Optional.empty(), Optional.empty(), false);
    }

    /** The format of a model with this chat template. */
    public OutputFormat format(String chatTemplate) {
        OutputFormat shown = OutputFormat.detect(chatTemplate);
        return new OutputFormat(
                toolParser.isEmpty()
                        ? shown.tools()
                        : toolParser.filter(name -> !name.equals(NONE)).map(ToolFormat::named),
                reasoningParser.isEmpty()
                        ? shown.reasoning()
                        : reasoningParser.filter(name -> !name.equals(NONE)).map(ReasoningFormat::named));
    }

    /** @param where names the setting in errors */
    static String toolParser(String name, String where) {
        return known(name, where, () -> ToolFormat.named(name));
    }

    /** @param where names the setting in errors */
    static String reasoningParser(String name, String where) {
        return known(name, where, () -> ReasoningFormat.named(name));
    }

    private static String known(String name, String where, Runnable find) {
        try {
            if (!name.equals(NONE)) {
                find.run();
            }
            return name;
        } catch (UnknownFormatException e) {
            throw new RepositoryException(where + " '" + name + "': " + e.getMessage());
        }
    }
}
