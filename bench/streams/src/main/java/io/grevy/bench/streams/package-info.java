/** A thousand streams: an engine that emits tokens at a steady pace in place of a model's, and the load on it. */
@NullMarked
package io.grevy.bench.streams;

import org.jspecify.annotations.NullMarked;
