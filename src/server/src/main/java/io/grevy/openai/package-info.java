/**
 * The HTTP edge: what every endpoint shares (errors, request ids, the {@code /v1} alias) and the endpoints that tell
 * about models. {@link io.grevy.openai.chat} answers requests, {@link io.grevy.openai.json} reads their bodies.
 */
@NullMarked
package io.grevy.openai;

import org.jspecify.annotations.NullMarked;
