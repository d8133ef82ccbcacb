package io.grevy.cli;

import io.grevy.keys.ApiKey;
import io.grevy.keys.Grant;
import io.grevy.keys.KeyEdit;
import io.grevy.keys.KeyEntry;
import io.grevy.keys.Limits;
import io.grevy.keys.ModelNames;
import io.grevy.keys.Permission;
import io.grevy.repository.RepositoryException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The command {@code key}: makes an API key and its entry, or takes one out. */
final class Key {

    private static final long MOST = 1_000_000_000_000L;
    private static final long MOST_DAYS = 36_500;

    private final Map<String, String> environment;
    private final Path workingFolder;
    private final PrintStream out;
    private final Console console;
    private final Clock clock = Clock.systemUTC();

    Key(Map<String, String> environment, Path workingFolder, PrintStream out, Console console) {
        this.environment = environment;
        this.workingFolder = workingFolder;
        this.out = out;
        this.console = console;
    }

    /** @throws UsageException naming what is missing or wrong; then nothing has changed */
    void run(KeyArguments arguments) {
        Path file = file(arguments);
        String name = arguments
                .text(KeyArguments.NAME)
                .orElseThrow(() -> new UsageException("key: " + KeyArguments.NAME + " is needed"));
        try {
            if (arguments.remove()) {
                remove(file, name);
            } else {
                add(file, name, arguments);
            }
        } catch (RepositoryException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    private void add(Path file, String name, KeyArguments arguments) {
        ApiKey key = ApiKey.generate();
        KeyEdit.add(file, new KeyEntry(grant(name, arguments), key.hexHash(), expires(arguments)));
        out.println(key.text());
        out.flush();
        console.say(file + " knows " + name + " now; the key is not shown again");
    }

    private void remove(Path file, String name) {
        if (!KeyEdit.remove(file, name)) {
            throw new UsageException(file + ": no key of the name '" + name + "'");
        }
        console.say(file + " does not know " + name + " any more");
    }

    private Path file(KeyArguments arguments) {
        return arguments
                .text(Flag.API_KEY_FILE.option())
                .or(() -> Optional.ofNullable(environment.get(Flag.API_KEY_FILE.environment()))
                        .filter(text -> !text.isBlank()))
                .map(text -> workingFolder.resolve(text.strip()).normalize())
                .orElseThrow(() -> new UsageException("key: " + Flag.API_KEY_FILE.option() + " is needed"));
    }

    private static Grant grant(String name, KeyArguments arguments) {
        return new Grant(
                name,
                arguments.text(KeyArguments.TENANT).orElse(name),
                arguments
                        .text(KeyArguments.MODELS)
                        .map(text -> new ModelNames(list(text)))
                        .orElseGet(ModelNames::all),
                permissions(arguments),
                new Limits(
                        number(arguments, KeyArguments.REQUESTS, 1, MOST),
                        number(arguments, KeyArguments.PROMPT_TOKENS, 1, MOST),
                        number(arguments, KeyArguments.GENERATED_TOKENS, 1, MOST),
                        number(arguments, KeyArguments.PICTURES, 1, MOST),
                        number(arguments, KeyArguments.CONCURRENT, 1, MOST)),
                (int) number(arguments, KeyArguments.PRIORITY, Grant.LEAST_PRIORITY, Grant.MOST_PRIORITY)
                        .orElse(0));
    }

    private static Set<Permission> permissions(KeyArguments arguments) {
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (String name : list(arguments.text(KeyArguments.PERMISSIONS).orElse(Permission.INFERENCE.wireName()))) {
            permissions.add(Permission.of(name)
                    .orElseThrow(() -> new UsageException(KeyArguments.PERMISSIONS + " '" + name + "': allowed are "
                            + String.join(", ", Permission.wireNames()))));
        }
        return permissions;
    }

    private Optional<Instant> expires(KeyArguments arguments) {
        OptionalLong days = number(arguments, KeyArguments.EXPIRES, 1, MOST_DAYS);
        return days.isPresent()
                ? Optional.of(
                        clock.instant().plus(Duration.ofDays(days.getAsLong())).truncatedTo(ChronoUnit.SECONDS))
                : Optional.empty();
    }

    private static List<String> list(String text) {
        List<String> entries =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        if (entries.contains("")) {
            throw new UsageException("'" + text + "': an entry of the list is empty");
        }
        return entries;
    }

    private static OptionalLong number(KeyArguments arguments, String option, long least, long most) {
        Optional<String> text = arguments.text(option);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        Optional<String> refusal = Allowed.number(least, most).refusal().apply(text.get());
        if (refusal.isPresent()) {
            throw new UsageException(option + " '" + text.get() + "': allowed are " + refusal.get());
        }
        return OptionalLong.of(Long.parseLong(text.get()));
    }
}
