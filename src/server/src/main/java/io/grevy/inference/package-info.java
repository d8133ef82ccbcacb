/**
 * The core: what a request asks of a model and what a generation gives back. It knows neither HTTP nor the native
 * engine; it imports the JDK, and {@link io.grevy.image.Picture} for pixels.
 */
@NullMarked
package io.grevy.inference;

import org.jspecify.annotations.NullMarked;
