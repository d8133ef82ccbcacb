package io.grevy.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/** Another process that has a lock, until this is closed. */
final class LockHolder implements AutoCloseable {
    private final Process process;

    private LockHolder(Process process) {
        this.process = process;
    }

    /** Returns when it has the lock. */
    static LockHolder start(Path file) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockHolder.class.getName(),
                        file.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = process.inputReader(UTF_8).readLine();
        if (!"held".equals(said)) {
            throw new IllegalStateException("the other process said " + said);
        }
        return new LockHolder(process);
    }

    /** The other process: holds the lock until it is killed. */
    @SuppressWarnings("try") // the lock is only held
    public static void main(String[] arguments) throws IOException {
        try (ProcessLock lock = ProcessLock.tryAcquire(Path.of(arguments[0])).orElseThrow()) {
            System.out.println("held");
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
