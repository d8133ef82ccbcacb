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

/** The command line: {@code grevy [command] [flags]}. */
final class ArgumentParser {
    private static final String WLP_HOME = "--wlp_home";

    private final CommandLine serve = new CommandLine(spec()).setExpandAtFiles(false);

    /** @throws UsageException for what is unknown, given twice, without a value, or not in this version */
    Arguments parse(String... typed) {
        List<String> arguments = Arrays.asList(typed);
        NotYet.refuse(arguments);
        Optional<Action> command = arguments.isEmpty() ? Optional.empty() : Action.ofCommand(arguments.get(0));
        try {
            return read(
                    command.orElse(Action.SERVE),
                    serve.parseArgs(arguments
                            .subList(command.isPresent() ? 1 : 0, arguments.size())
                            .toArray(String[]::new)));
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

    private static Arguments read(Action command, ParseResult result) {
        Map<Flag, String> flags = new EnumMap<>(Flag.class);
        for (Flag flag : Flag.values()) {
            if (result.hasMatchedOption(flag.option())) {
                flags.put(flag, result.matchedOption(flag.option()).getValue());
            }
        }
        return new Arguments(
                action(command, result),
                flags,
                Optional.ofNullable(result.matchedOption(WLP_HOME)).map(OptionSpec::getValue));
    }

    private static Action action(Action command, ParseResult result) {
        if (result.isUsageHelpRequested()) {
            return Action.HELP;
        }
        if (result.isVersionHelpRequested()) {
            return Action.VERSION;
        }
        List<Action> asked = Action.withFlag()
                .filter(action -> result.hasMatchedOption(action.flag()))
                .toList();
        if (asked.size() > 1) {
            throw new UsageException(
                    asked.get(0).flag() + " and " + asked.get(1).flag() + " exclude each other");
        }
        return asked.isEmpty() ? command : asked.get(0);
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
        Action.withFlag().map(ArgumentParser::option).forEach(spec::addOption);
        Arrays.stream(Flag.values()).map(ArgumentParser::option).forEach(spec::addOption);
        spec.usageMessage()
                .customSynopsis("grevy [serve|pull|list|configure] [flags]")
                .description(
                        "Serves vision-language models behind the OpenAI API. Without a model flag: the demo model.",
                        "Ctrl-C ends it: requests in flight have drain_seconds to finish, then it exits with 0.",
                        "Other commands: export (converts a model; see grevy export --help),"
                                + " key (makes an API key; see grevy key --help).")
                .optionListHeading("%nEach flag is also the environment variable GREVY_<FLAG>; a flag comes first.%n")
                .sortOptions(false)
                .width(110);
        return spec;
    }

    private static OptionSpec option(Action action) {
        return OptionSpec.builder(action.flag())
                .type(boolean.class)
                .description(action.meaning())
                .build();
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
