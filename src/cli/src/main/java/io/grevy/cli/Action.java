package io.grevy.cli;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** What is to be done: a command, a flag that stands for it, or both. */
enum Action {
    SERVE("serve", "", ""),
    PULL("pull", "--pull", "Pulls --source_model and serves nothing, as the command 'pull' does."),
    CONFIGURE(
            "configure",
            "--configure",
            "Writes the model's settings into its graph.pbtxt instead of serving it, as the command 'configure' does."),
    LIST("list", "--list_models", "Lists the models in --model_repository_path, as the command 'list' does."),
    ADD("", "--add_to_config", "Names --model_name in config.json (--config_path, or in the repository)."),
    REMOVE("", "--remove_from_config", "Takes --model_name out of config.json."),
    HELP("", "", ""),
    VERSION("", "", ""),
    FLAGS("flags", "", "");

    private final String command;
    private final String flag;
    private final String meaning;

    Action(String command, String flag, String meaning) {
        this.command = command;
        this.flag = flag;
        this.meaning = meaning;
    }

    static Optional<Action> ofCommand(String command) {
        return Arrays.stream(values())
                .filter(action -> !command.isEmpty() && action.command.equals(command))
                .findFirst();
    }

    /** Those that a flag asks for. */
    static Stream<Action> withFlag() {
        return Arrays.stream(values()).filter(action -> !action.flag.isEmpty());
    }

    /** {@code --pull}, say. */
    String flag() {
        return flag;
    }

    /** A sentence for the help. */
    String meaning() {
        return meaning;
    }
}
