package io.grevy.cli;

import java.io.PrintStream;

/** Lines for people, each with the program's name. */
record Console(PrintStream stream) {
    void say(String line) {
        stream.println("grevy: " + line);
        stream.flush();
    }
}
