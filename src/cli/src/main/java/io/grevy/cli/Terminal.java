package io.grevy.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Whether a stream of this process is a terminal; Java tells of input and output together only. */
final class Terminal {
    private Terminal() {}

    /** @return false also where the system does not tell, and for terminals that do not move their cursor */
    static boolean isStandardError(Map<String, String> environment) {
        if (environment.getOrDefault("TERM", "dumb").equals("dumb")) {
            return false;
        }
        try {
            String file = Path.of("/proc/self/fd/2").toRealPath().toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }
}
