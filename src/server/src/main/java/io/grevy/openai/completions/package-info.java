/** {@code /v3/completions}: a model goes on with a prompt as it stands, without a chat template. */
@NullMarked
package io.grevy.openai.completions;

import org.jspecify.annotations.NullMarked;
