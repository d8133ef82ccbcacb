package io.grevy.cli;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: {@code grevy [serve|list] [flags]}. */
final class ArgumentParser {
    /** Flags that ask for something other than serving. */
    private static final Map<String, Arguments.Action> ACTIONS = new TreeMap<>(Map.of(
            "--list_models", Arguments.Action.LIST,
            "--add_to_config", Arguments.Action.ADD,
            "--remove_from_config", Arguments.Action.REMOVE));

    private static final String WLP_HOME = "--wlp_home";

    private final CommandLine serve = new CommandLine(spec()).setExpandAtFiles(false);

    /** @throws UsageException for what is unknown, given twice, without a value, or not in this version */
    Arguments parse(String... typed) {
        List<String> arguments = Arrays.asList(typed);
        if (arguments.equals(List.of("flags"))) {
            return new Arguments(Arguments.Action.FLAGS, Map.of(), Optional.empty());
        }
        NotYet.refuse(arguments);
        String command = arguments.isEmpty() ? "" : arguments.get(0);
        boolean named = command.equals("serve") || command.equals("list");
        try {
            return read(
                    command.equals("list") ? Arguments.Action.LIST : Arguments.Action.SERVE,
                    serve.parseArgs(
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

    private static String unknown(UnmatchedArgumentException e) {
        String argument = e.getUnmatched().get(0);
        List<String> near = e.getSuggestions().stream()
                .filter(suggestion -> suggestion.startsWith("--"))
                .limit(3)
                .toList();
        return (argument.startsWith("-") ? "unknown flag " : "unexpected argument ") + "'" + argument + "'"
                + (near.isEmpty() ? "; see --help" : "; near to it: " + String.join(", ", near));
    }

    private static Arguments read(Arguments.Action command, ParseResult result) {
        Map<Flag, String> flags = new EnumMap<>(Flag.class);
        for (Flag flag : Flag.values()) {
            if (result.hasMatchedOption(flag.option())) {
                flags.put(flag, result.matchedOption(flag.option()).getValue());
            }
        }
        Arguments.Action action = result.isUsageHelpRequested()
                ? Arguments.Action.HELP
                : result.isVersionHelpRequested() ? Arguments.Action.VERSION : action(command, result);
        return new Arguments(
                action,
                flags,
                Optional.ofNullable(result.matchedOption(WLP_HOME)).map(OptionSpec::getValue));
    }

    private static Arguments.Action action(Arguments.Action command, ParseResult result) {
        List<String> asked =
                ACTIONS.keySet().stream().filter(result::hasMatchedOption).toList();
        if (asked.size() > 1) {
            throw new UsageException(asked.get(0) + " and " + asked.get(1) + " exclude each other");
        }
        return asked.isEmpty() ? command : ACTIONS.getOrDefault(asked.get(0), command);
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
        addActions(spec);
        Arrays.stream(Flag.values()).map(ArgumentParser::option).forEach(spec::addOption);
        spec.usageMessage()
                .customSynopsis("grevy [serve|list] [flags]")
                .description(
                        "Serves vision-language models behind the OpenAI API. Without a model flag: the demo model.",
                        "Ctrl-C ends it: requests in flight have drain_seconds to finish, then it exits with 0.")
                .optionListHeading("%nEach flag is also the environment variable GREVY_<FLAG>; a flag comes first.%n")
                .sortOptions(false)
                .width(110);
        return spec;
    }

    private static void addActions(CommandSpec spec) {
        spec.addOption(OptionSpec.builder("--list_models")
                        .description("Lists the models in --model_repository_path, as the command 'list' does.")
                        .build())
                .addOption(OptionSpec.builder("--add_to_config")
                        .description("Names --model_name in config.json (--config_path, or in the repository).")
                        .build())
                .addOption(OptionSpec.builder("--remove_from_config")
                        .description("Takes --model_name out of config.json.")
                        .build());
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
