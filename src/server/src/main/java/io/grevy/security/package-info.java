/**
 * Who asks, how much they may ask, how long it may take, and what is written down of it. Knows no HTTP; the edge
 * ({@link io.grevy.openai.access}) gives it what requests bring and renders its refusals.
 */
@NullMarked
package io.grevy.security;

import org.jspecify.annotations.NullMarked;
