package io.grevy.cli;

import io.grevy.export.ExportException;
import io.grevy.export.ExportOptions;
import io.grevy.export.Exporter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** The command {@code export}: runs it in the foreground, and leaves nothing half-made on a signal. */
final class Export {
    private static final int FAILED = 1;
    private static final int INTERRUPTED = 130;

    private final Map<String, String> environment;
    private final Path workingFolder;
    private final Console console;
    private final AtomicBoolean ended = new AtomicBoolean();

    Export(Map<String, String> environment, Path workingFolder, Console console) {
        this.environment = environment;
        this.workingFolder = workingFolder;
        this.console = console;
    }

    /**
     * Exports. On a signal to this process it does not return: the export is ended and then this process, with 130.
     *
     * @return the exit code for this process, to be given by {@link Runtime#halt}
     * @throws UsageException where it was refused
     */
    int run(ExportArguments arguments) throws InterruptedException {
        try {
            ExportOptions options = ExportOptions.read(arguments::text, workingFolder);
            Exporter exporter = new Exporter(options, environment, console::say);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> signalled(exporter), "grevy-signal"));
            exporter.run();
            yieldToSignal();
            console.say("serve it: ./grevy --config_path " + options.configFile());
            return 0;
        } catch (ExportException e) {
            yieldToSignal();
            return failed(e);
        }
    }

    private int failed(ExportException e) {
        return switch (e.kind()) {
            case REFUSED -> throw new UsageException(String.valueOf(e.getMessage()), e);
            case FAILED -> {
                console.say(String.valueOf(e.getMessage()));
                yield FAILED;
            }
            case CANCELLED -> {
                console.say(String.valueOf(e.getMessage()));
                yield INTERRUPTED;
            }
        };
    }

    private void yieldToSignal() throws InterruptedException {
        if (ended.getAndSet(true)) {
            new CountDownLatch(1).await();
        }
    }

    private void signalled(Exporter exporter) {
        boolean first = !ended.getAndSet(true);
        try {
            exporter.cancel();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (first) {
            console.say("interrupted; nothing was exported");
            Runtime.getRuntime().halt(INTERRUPTED);
        }
    }
}
