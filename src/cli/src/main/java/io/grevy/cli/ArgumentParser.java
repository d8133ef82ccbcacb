package io.grevy.cli;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: {@code grevy [serve] [flags]}. */
final class ArgumentParser {
    private static final String WLP_HOME = "--wlp_home";

    private final CommandLine serve = new CommandLine(spec()).setExpandAtFiles(false);

    /** @throws UsageException for what is unknown, given twice, without a value, or not in this version */
    Arguments parse(String... typed) {
        List<String> arguments = Arrays.asList(typed);
        if (arguments.equals(List.of("flags"))) {
            return new Arguments(Arguments.Action.FLAGS, Map.of(), Optional.empty());
        }
        NotYet.refuse(arguments);
        boolean named = !arguments.isEmpty() && arguments.get(0).equals("serve");
        try {
            return read(serve.parseArgs(
                    (named ? arguments.subList(1, arguments.size()) : arguments).toArray(String[]::new)));
        } catch (UnmatchedArgumentException e) {
            throw new UsageException(unknown(e), e);
        } catch (ParameterException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    String help() {
        return serve.getUsageMessage(CommandLine.Help.Ansi.OFF);
    }

    /** Names the first argument that nobody knows, and what is near to it. */
    static String unknown(UnmatchedArgumentException e) {
        String argument = e.getUnmatched().get(0);
        List<String> near = e.getSuggestions().stream()
                .filter(suggestion -> suggestion.startsWith("--"))
                .limit(3)
                .toList();
        return (argument.startsWith("-") ? "unknown flag " : "unexpected argument ") + "'" + argument + "'"
                + (near.isEmpty() ? "; see --help" : "; near to it: " + String.join(", ", near));
    }

    private static Arguments read(ParseResult result) {
        Map<Flag, String> flags = new EnumMap<>(Flag.class);
        for (Flag flag : Flag.values()) {
            if (result.hasMatchedOption(flag.option())) {
                flags.put(flag, result.matchedOption(flag.option()).getValue());
            }
        }
        Arguments.Action action = result.isUsageHelpRequested()
                ? Arguments.Action.HELP
                : result.isVersionHelpRequested() ? Arguments.Action.VERSION : Arguments.Action.SERVE;
        return new Arguments(
                action,
                flags,
                Optional.ofNullable(result.matchedOption(WLP_HOME)).map(OptionSpec::getValue));
    }

    private static CommandSpec spec() {
        CommandSpec spec = CommandSpec.create()
                .name("grevy")
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Shows this.")
                        .build())
                .addOption(OptionSpec.builder("--version")
                        .versionHelp(true)
                        .description("Shows the versions of Grevy and of what it runs on.")
                        .build())
                .addOption(OptionSpec.builder(WLP_HOME)
                        .type(String.class)
                        .paramLabel("FOLDER")
                        .description("Open Liberty with the server 'grevy'. Default: the one built here.")
                        .build());
        Arrays.stream(Flag.values()).map(ArgumentParser::option).forEach(spec::addOption);
        spec.usageMessage()
                .customSynopsis("grevy [serve] [flags]")
                .description(
                        "Serves vision-language models behind the OpenAI API. Without a model flag: the demo model.",
                        "Ctrl-C ends it: requests in flight have drain_seconds to finish, then it exits with 0.",
                        "Other commands: export (converts a model; see grevy export --help).")
                .optionListHeading("%nEach flag is also the environment variable GREVY_<FLAG>; a flag comes first.%n")
                .sortOptions(false)
                .width(110);
        return spec;
    }

    private static OptionSpec option(Flag flag) {
        String standard = flag.defaultText().isEmpty() ? "" : " Default: " + flag.defaultText() + ".";
        OptionSpec.Builder option = OptionSpec.builder(flag.option())
                .type(String.class)
                .paramLabel(flag.allowed().label())
                .description(capitalized(flag.meaning()).replace("%", "%%") + "." + standard);
        if (flag.mayStandBare()) {
            option.arity("0..1").fallbackValue("true");
        }
        return option.build();
    }

    private static String capitalized(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
