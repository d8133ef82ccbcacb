/** {@code /v1/messages}: Anthropic's Messages API over the path of chat completions. */
@NullMarked
package io.grevy.anthropic;

import org.jspecify.annotations.NullMarked;
