package io.grevy.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;

/** The command {@code grevy}. Exit codes: 0 done or ended by a signal, 2 refused before the start, else the server's. */
public final class Main {
    private static final int REFUSED = 2;
    private static final int NOT_STARTED = 1;

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        // Else the JDK sends no password to a proxy that only passes on what is encrypted.
        System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
        Console console =
                new Console(new PrintStream(System.err, true, UTF_8), Terminal.isStandardError(System.getenv()));
        int code;
        try {
            code = run(console, arguments);
        } catch (UsageException e) {
            console.say(String.valueOf(e.getMessage()));
            code = REFUSED;
        } catch (IOException e) {
            console.say("the server cannot be started: " + e.getMessage());
            code = NOT_STARTED;
        }
        // Not exit: it would wait for ever where a signal has come meanwhile.
        Runtime.getRuntime().halt(code);
    }

    private static int run(Console console, String... typed) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        if (typed.length > 0 && typed[0].equals("export")) {
            return export(
                    console, out, ExportArguments.parse(Arrays.asList(typed).subList(1, typed.length)));
        }
        if (typed.length > 0 && typed[0].equals("key")) {
            key(console, out, KeyArguments.parse(Arrays.asList(typed).subList(1, typed.length)));
            return 0;
        }
        ArgumentParser parser = new ArgumentParser();
        Arguments arguments = parser.parse(typed);
        switch (arguments.action()) {
            case HELP -> out.print(parser.help());
            case VERSION -> out.println(Version.text());
            case FLAGS -> out.print(FlagTable.markdown());
            case CONFIGURE -> new Configure(System.getenv(), Path.of("").toAbsolutePath(), out).run(arguments);
            case PULL -> {
                return new Pull(System.getenv(), Path.of("").toAbsolutePath(), console).run(arguments);
            }
            case LIST, ADD, REMOVE ->
                new RepositoryCommands(System.getenv(), Path.of("").toAbsolutePath(), out, console).run(arguments);
            case SERVE -> {
                return new Serve(System.getenv(), Path.of("").toAbsolutePath(), console).run(arguments);
            }
        }
        out.flush();
        return 0;
    }

    private static void key(Console console, PrintStream out, KeyArguments arguments) {
        if (arguments.help()) {
            out.print(KeyArguments.helpText());
            out.flush();
        } else {
            new Key(System.getenv(), Path.of("").toAbsolutePath(), out, console).run(arguments);
        }
    }

    private static int export(Console console, PrintStream out, ExportArguments arguments) throws InterruptedException {
        if (arguments.help()) {
            out.print(ExportArguments.helpText());
            out.flush();
            return 0;
        }
        return new Export(System.getenv(), Path.of("").toAbsolutePath(), console).run(arguments);
    }
}
