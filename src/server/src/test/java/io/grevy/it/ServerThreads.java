package io.grevy.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Prints what every thread of the running servers does when a test has failed: a hang leaves no other trace. */
public final class ServerThreads implements AfterTestExecutionCallback {

    @Override
    public void afterTestExecution(ExtensionContext context) throws IOException, InterruptedException {
        if (context.getExecutionException().isPresent()) {
            for (ProcessHandle server : servers().toList()) {
                print(server);
            }
        }
    }

    /** The processes of the Liberty that tests run on. */
    static Stream<ProcessHandle> servers() {
        String home = System.getProperty("liberty.home");
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> line.contains(home) && line.contains("ws-server.jar"))
                        .isPresent());
    }

    private static void print(ProcessHandle server) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        System.err.println("Threads of " + server.info().commandLine().orElseThrow());
        Process dump = new ProcessBuilder(jcmd.toString(), String.valueOf(server.pid()), "Thread.print", "-l")
                .redirectErrorStream(true)
                .start();
        dump.getInputStream().transferTo(System.err);
        dump.waitFor();
    }
}
