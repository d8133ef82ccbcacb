package io.grevy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ServerProcessTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void givesTheExitCode() throws Exception {
        assertThat(new ServerProcess(bash("exit 7")).run()).isEqualTo(7);
    }

    @Test
    void endsAProcessThatEndsWhenAsked() throws Exception {
        // The inner shell is a child, as a JVM is that its script does not exec.
        ServerProcess server = new ServerProcess(bash("""
                bash -c 'trap "echo asked > asked; exit 0" TERM; echo $$ > pid.part; mv pid.part pid
                         while :; do sleep 0.05; done' &
                wait"""));
        CompletableFuture<Integer> code = start(server);
        long child = pid();

        assertThat(server.stop(Duration.ofSeconds(10))).isTrue();

        assertThat(code.get(10, TimeUnit.SECONDS)).isNotNull();
        assertThat(folder.resolve("asked")).hasContent("asked\n");
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void killsAProcessThatDoesNotEndWhenAsked() throws Exception {
        ServerProcess server = new ServerProcess(bash("""
                bash -c 'trap "" TERM; echo $$ > pid.part; mv pid.part pid; while :; do sleep 0.05; done' &
                trap "" TERM
                while :; do sleep 0.05; done"""));
        CompletableFuture<Integer> code = start(server);
        long child = pid();

        assertThat(server.stop(Duration.ofMillis(300))).isFalse();

        assertThat(code.get(10, TimeUnit.SECONDS)).isNotZero();
        assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void startsNothingAfterItWasStopped() throws Exception {
        ServerProcess server = new ServerProcess(bash("echo > started"));

        assertThat(server.stop(Duration.ZERO)).isTrue();

        assertThat(server.run()).isZero();
        assertThat(folder.resolve("started")).doesNotExist();
    }

    private static CompletableFuture<Integer> start(ServerProcess server) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return server.run();
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private long pid() throws IOException, InterruptedException {
        Path file = folder.resolve("pid");
        while (!Files.exists(file)) {
            Thread.sleep(20);
        }
        return Long.parseLong(Files.readString(file).strip());
    }

    private ProcessBuilder bash(String script) {
        return new ProcessBuilder("bash", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }
}
