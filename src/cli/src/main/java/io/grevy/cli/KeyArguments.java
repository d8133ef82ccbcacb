package io.grevy.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line {@code grevy key [flags]}, read: its flags are the members of an entry of the file of API keys. */
final class KeyArguments {

    static final String NAME = "--name";
    static final String TENANT = "--tenant";
    static final String MODELS = "--models";
    static final String PERMISSIONS = "--permissions";
    static final String REQUESTS = "--requests_per_minute";
    static final String PROMPT_TOKENS = "--prompt_tokens_per_minute";
    static final String GENERATED_TOKENS = "--generated_tokens_per_minute";
    static final String PICTURES = "--pictures_per_minute";
    static final String CONCURRENT = "--concurrent_requests";
    static final String PRIORITY = "--priority";
    static final String EXPIRES = "--expires_days";
    private static final String REMOVE = "--remove";

    private final ParseResult result;

    private KeyArguments(ParseResult result) {
        this.result = result;
    }

    /**
     * Reads what follows the word {@code key}.
     *
     * @throws UsageException for what is unknown, given twice or without a value
     */
    static KeyArguments parse(List<String> typed) {
        try {
            return new KeyArguments(command().parseArgs(typed.toArray(String[]::new)));
        } catch (UnmatchedArgumentException e) {
            throw new UsageException(ArgumentParser.unknown(e), e);
        } catch (ParameterException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    static String helpText() {
        return command().getUsageMessage(CommandLine.Help.Ansi.OFF);
    }

    boolean help() {
        return result.isUsageHelpRequested();
    }

    boolean remove() {
        return result.hasMatchedOption(REMOVE);
    }

    /** @throws UsageException if it is empty */
    Optional<String> text(String option) {
        if (!result.hasMatchedOption(option)) {
            return Optional.empty();
        }
        String text =
                String.valueOf((Object) result.matchedOption(option).getValue()).strip();
        if (text.isEmpty()) {
            throw new UsageException(option + ": the value is empty");
        }
        return Optional.of(text);
    }

    private static CommandLine command() {
        CommandSpec spec = CommandSpec.create()
                .name("grevy key")
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Shows this.")
                        .build())
                .addOption(OptionSpec.builder(REMOVE)
                        .type(boolean.class)
                        .description("Takes the key of this name out of the file.")
                        .build());
        add(spec, Flag.API_KEY_FILE.option(), "FILE", "The file to change; it is made where there is none.");
        add(spec, NAME, "NAME", "Name of the key, for logs.");
        add(spec, TENANT, "NAME", "Whose limits it shares. Default: the key's name.");
        add(spec, MODELS, "NAME,…", "Models that it may ask; OpenVINO/* stands for all that begin so. Default: all.");
        add(spec, PERMISSIONS, "NAME,…", "Of inference, metrics, admin. Default: inference.");
        add(spec, REQUESTS, "N", "Requests of the tenant in a minute.");
        add(spec, PROMPT_TOKENS, "N", "Tokens of its prompts in a minute.");
        add(spec, GENERATED_TOKENS, "N", "Tokens generated for it in a minute.");
        add(spec, PICTURES, "N", "Pictures and videos in a minute.");
        add(spec, CONCURRENT, "N", "Requests at one time, those that wait included.");
        add(spec, PRIORITY, "N", "From -100 to 100; where requests wait, the higher go first. Default: 0.");
        add(spec, EXPIRES, "DAYS", "Days until it is a key no longer. Default: never.");
        spec.usageMessage()
                .customSynopsis("grevy key --api_key_file FILE --name NAME [flags]")
                .description(
                        "Makes an API key, writes its entry into the file, and prints the key: it is shown this once,",
                        "since the file has its hash only. A server that runs takes the file up by itself.")
                .optionListHeading("%n")
                .sortOptions(false)
                .width(110);
        return new CommandLine(spec).setExpandAtFiles(false);
    }

    private static void add(CommandSpec spec, String option, String label, String description) {
        spec.addOption(OptionSpec.builder(option)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build());
    }
}
