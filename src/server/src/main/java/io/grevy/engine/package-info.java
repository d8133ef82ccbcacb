/**
 * The inference core's {@link io.grevy.inference.Engine} over the native binding: prompt, loop, detokenizer. The only
 * package that imports {@code io.grevy.openvino}.
 */
@NullMarked
package io.grevy.engine;

import org.jspecify.annotations.NullMarked;
