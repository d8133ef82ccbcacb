/**
 * {@code /v3/chat/completions}: reading and checking a request, running it on a thread of its own, and writing its
 * answer whole or as a stream of events.
 */
@NullMarked
package io.grevy.openai.chat;

import org.jspecify.annotations.NullMarked;
