package io.grevy.cli;

import java.util.Map;

/** What a level of OVMS's means to Liberty: which messages the console shows, and how fine the log is. */
enum LogLevel {
    TRACE("INFO", "*=info:io.grevy.*=finest"),
    DEBUG("INFO", "*=info:io.grevy.*=fine"),
    INFO("INFO", "*=info"),
    WARNING("WARNING", "*=warning"),
    ERROR("ERROR", "*=severe");

    private final String console;
    private final String log;

    LogLevel(String console, String log) {
        this.console = console;
        this.log = log;
    }

    /** The variables of liberty-config's server.xml. */
    Map<String, String> variables() {
        return Map.of("GREVY_CONSOLE_LOG_LEVEL", console, "GREVY_TRACE", log);
    }
}
