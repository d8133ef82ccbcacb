/** {@code /v3/tokenize} and {@code /v3/detokenize}: a model's tokens, shown. */
@NullMarked
package io.grevy.openai.tokens;

import org.jspecify.annotations.NullMarked;
