package io.grevy.tools;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a model writes beside content: calls, reasoning, both or neither. */
public record OutputFormat(Optional<ToolFormat> tools, Optional<ReasoningFormat> reasoning) {
    /** What a model's chat template shows of its format. */
    public static OutputFormat detect(String chatTemplate) {
        return new OutputFormat(ToolFormat.detect(chatTemplate), ReasoningFormat.detect(chatTemplate));
    }

    /** This format without calls, for requests that give the model no tools; what looks like a call is content. */
    public OutputFormat withoutTools() {
        return new OutputFormat(Optional.empty(), reasoning);
    }

    /** Whether the engine has to keep special tokens in the text which it gives to the parser. */
    public boolean needsSpecialTokens() {
        return tools.map(ToolFormat::needsSpecialTokens).orElse(false)
                || reasoning.map(ReasoningFormat::needsSpecialTokens).orElse(false);
    }

    /** Whether an answer to this rendered prompt begins within reasoning. */
    public boolean beginsInReasoning(String prompt) {
        return reasoning.map(format -> format.beginsInside(prompt)).orElse(false);
    }

    /**
     * A parser for one choice.
     *
     * @param tools the request's tools, whose schemas type the arguments of formats which write them as text
     * @param insideReasoning what {@link #beginsInReasoning} said
     */
    public OutputParser parser(List<Tool> tools, boolean insideReasoning) {
        Pieces pieces = new Pieces();
        if (isHarmony()) {
            return new StagedParser(new HarmonyStage(this.tools.isPresent(), pieces), pieces);
        }
        CharStage calls =
                new ToolStage(this.tools.map(format -> format.openings(tools)).orElse(List.of()), pieces);
        CharStage first = reasoning
                .flatMap(ReasoningFormat::tags)
                .map(tags -> (CharStage) new ReasoningStage(tags, insideReasoning, pieces, calls))
                .orElse(calls);
        List<String> endTokens = endTokens();
        return new StagedParser(endTokens.isEmpty() ? first : new EndTokens(endTokens, first), pieces);
    }

    /**
     * What makes the engine force calls: with {@link ToolChoice.Auto} the arguments of those which the model begins, else
     * at least one call as well, after reasoning if there is any.
     *
     * @param parallel whether there may be more than one call; after a named one the answer ends in any case
     * @return nothing where the format of calls is not known or there are no tools
     * @throws IllegalArgumentException if the named tool is none of these
     */
    public Optional<StructuralTag> structure(
            List<Tool> tools, ToolChoice choice, boolean parallel, boolean insideReasoning) {
        if (choice instanceof ToolChoice.Named named
                && tools.stream().noneMatch(tool -> tool.name().equals(named.name()))) {
            throw new IllegalArgumentException("There is no tool \"" + named.name() + "\" in this request");
        }
        if (this.tools.isEmpty() || tools.isEmpty()) {
            return Optional.empty();
        }
        StructuralTag calls = this.tools.get().structure(tools, choice, parallel);
        if (choice instanceof ToolChoice.Auto) {
            return Optional.of(calls);
        }
        Optional<StructuralTag> before = isHarmony()
                ? Optional.of(HarmonyStructure.analysis())
                : reasoning
                        .flatMap(ReasoningFormat::tags)
                        .map(tags -> ReasoningStructure.before(tags, insideReasoning));
        return Optional.of(before.map(first -> StructuralTag.sequence(List.of(first, calls)))
                .orElse(calls));
    }

    private boolean isHarmony() {
        return tools.equals(Optional.of(ToolFormat.GPT_OSS)) || reasoning.equals(Optional.of(ReasoningFormat.GPT_OSS));
    }

    private List<String> endTokens() {
        return Stream.concat(
                        tools.stream().flatMap(format -> format.endTokens().stream()),
                        reasoning.stream().flatMap(format -> format.endTokens().stream()))
                .distinct()
                .toList();
    }
}
