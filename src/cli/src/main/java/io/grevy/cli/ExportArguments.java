package io.grevy.cli;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line {@code grevy export text_generation [flags]}, read.
 *
 * @param help whether only the help is asked for
 * @param flags the text of each flag given
 */
record ExportArguments(boolean help, Map<ExportFlag, String> flags) {
    private static final String TASK = "text_generation";
    /** What export_model.py exports besides. */
    private static final Set<String> OTHER_TASKS = Set.of(
            "embeddings", "embeddings_ov", "rerank", "rerank_ov", "image_generation", "text2speech", "speech2text");

    ExportArguments {
        flags = Map.copyOf(flags);
    }

    /**
     * Reads what follows the word {@code export}.
     *
     * @throws UsageException for what is unknown, given twice, without a value, not allowed, or not in this version
     */
    static ExportArguments parse(List<String> typed) {
        boolean taskFirst = !typed.isEmpty() && typed.get(0).equals(TASK);
        if (!taskFirst && !typed.contains("--help") && !typed.contains("-h")) {
            requireTask(typed);
        }
        List<String> flags = taskFirst ? typed.subList(1, typed.size()) : typed;
        try {
            return read(command().parseArgs(flags.toArray(String[]::new)));
        } catch (UnmatchedArgumentException e) {
            throw new UsageException(unknown(e), e);
        } catch (ParameterException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    static String helpText() {
        return command().getUsageMessage(CommandLine.Help.Ansi.OFF);
    }

    /** The text of a flag by its name in export_model.py. */
    Optional<String> text(String key) {
        return flags.entrySet().stream()
                .filter(entry -> entry.getKey().key().equals(key))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static void requireTask(List<String> typed) {
        if (typed.isEmpty() || typed.get(0).startsWith("-")) {
            throw new UsageException("export: the task is missing: grevy export " + TASK + " [flags]; see --help");
        }
        String task = typed.get(0);
        throw new UsageException(
                OTHER_TASKS.contains(task)
                        ? "export " + task + ": models of other tasks than " + TASK + " are not served"
                        : "export: unknown task '" + task + "'; known is " + TASK);
    }

    private static ExportArguments read(ParseResult result) {
        Map<ExportFlag, String> flags = new EnumMap<>(ExportFlag.class);
        for (ExportFlag flag : ExportFlag.values()) {
            if (result.hasMatchedOption(flag.option())) {
                String text = String.valueOf(
                        (Object) result.matchedOption(flag.option()).getValue());
                flag.check(text);
                flags.put(flag, text);
            }
        }
        return new ExportArguments(result.isUsageHelpRequested(), flags);
    }

    private static String unknown(UnmatchedArgumentException e) {
        String argument = e.getUnmatched().get(0);
        if (argument.startsWith("--")) {
            Optional<String> reason = NotYet.reason(argument.substring(2).split("=", 2)[0]);
            if (reason.isPresent()) {
                return argument + ": " + reason.get();
            }
        }
        return ArgumentParser.unknown(e);
    }

    private static CommandLine command() {
        CommandSpec spec = CommandSpec.create()
                .name("grevy export " + TASK)
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Shows this.")
                        .build());
        Arrays.stream(ExportFlag.values()).map(ExportArguments::option).forEach(spec::addOption);
        spec.usageMessage()
                .customSynopsis("grevy export " + TASK + " --source_model MODEL [flags]")
                .description(
                        "Converts a model to OpenVINO's format, writes its graph.pbtxt and names it in config.json.",
                        "It needs Python 3.11 or later, and makes an environment of it at the first time: 6 GB in"
                                + " GREVY_EXPORT_HOME, or in the user's cache folder.",
                        "HF_TOKEN, HF_ENDPOINT, HF_HUB_OFFLINE, HTTPS_PROXY and pip's own variables hold.")
                .optionListHeading("%n")
                .sortOptions(false)
                .width(110);
        return new CommandLine(spec).setExpandAtFiles(false);
    }

    private static OptionSpec option(ExportFlag flag) {
        String[] names = flag == ExportFlag.WEIGHT_FORMAT
                ? new String[] {flag.option(), "--weight_format"}
                : new String[] {flag.option()};
        OptionSpec.Builder option = OptionSpec.builder(names)
                .type(String.class)
                .paramLabel(flag.allowed().label())
                .description(flag.description().replace("%", "%%"));
        if (flag.mayStandBare()) {
            option.arity("0..1").fallbackValue("true");
        }
        return option.build();
    }
}
