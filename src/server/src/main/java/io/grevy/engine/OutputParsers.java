package io.grevy.engine;

import io.grevy.tools.OutputParser;
import java.util.function.Supplier;

/**
 * How the answers of one request are read.
 *
 * @param create a parser for one choice
 * @param ids an id for each call
 * @param parallel whether calls after the first one count
 * @param reasoning whether reasoning is told
 */
record OutputParsers(Supplier<OutputParser> create, Supplier<String> ids, boolean parallel, boolean reasoning) {}
