package io.grevy.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs programs, one after the other, and shows what they print. Thread-safe: {@link #cancel} is called by the thread
 * that handles a signal; after it nothing starts any more.
 */
final class Tools {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int BY_INTERRUPT = 130;
    private static final int KILLED = 137;

    private final ToolVariables variables;
    private final Consumer<String> log;
    private final Object lock = new Object();
    private @Nullable Process running;
    private boolean cancelled;

    Tools(ToolVariables variables, Consumer<String> log) {
        this.variables = variables;
        this.log = log;
    }

    /**
     * Runs a program to its end, without input.
     *
     * @param temporary where it may keep what it needs while it runs
     * @throws ExportException with its last lines where it fails, or where all was cancelled
     */
    void run(Path temporary, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        variables.apply(builder.environment(), temporary);
        ToolOutput output = new ToolOutput(this::show);
        Process process = start(builder);
        try (Reader reader = process.inputReader(UTF_8)) {
            process.getOutputStream().close();
            output.read(reader);
        }
        int code = process.waitFor();
        if (code == BY_INTERRUPT || isCancelled()) {
            throw ExportException.cancelled();
        }
        if (code != 0) {
            throw ExportException.failed(failure(command.get(0), code, output.last()));
        }
    }

    boolean isCancelled() {
        synchronized (lock) {
            return cancelled;
        }
    }

    /** Ends what runs and all below it; returns when that has ended. */
    void cancel() throws InterruptedException {
        Process process;
        synchronized (lock) {
            cancelled = true;
            process = running;
        }
        if (process == null) {
            return;
        }
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        if (!ended(all)) {
            all.forEach(ProcessHandle::destroyForcibly);
            ended(all);
        }
    }

    private Process start(ProcessBuilder builder) throws IOException {
        synchronized (lock) {
            if (cancelled) {
                throw ExportException.cancelled();
            }
            Process process = builder.start();
            running = process;
            return process;
        }
    }

    private void show(String line) {
        if (!isCancelled()) {
            log.accept("| " + line);
        }
    }

    private static String failure(String program, int code, List<String> last) {
        String how = code == KILLED ? " was killed (code 137; often for want of memory)" : " failed with code " + code;
        return Path.of(program).getFileName()
                + how
                + (last.isEmpty()
                        ? ", and printed nothing"
                        : "; its last lines:"
                                + last.stream().map(line -> "\n    " + line).collect(Collectors.joining()));
    }

    private static boolean ended(List<ProcessHandle> all) throws InterruptedException {
        try {
            CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new))
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
