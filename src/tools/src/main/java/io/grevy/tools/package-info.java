/**
 * Tool calls and reasoning in the text which a model generates: one format per family of models, read from a stream cut
 * anywhere, and described for guided generation.
 *
 * <p>Every parser here is an automaton which takes one character at a time, so where the text was cut cannot change what
 * is read, and a text is read once. What a format's call looks like stands in the class which reads it.
 */
@NullMarked
package io.grevy.tools;

import org.jspecify.annotations.NullMarked;
