/** {@code /v3/responses}: OpenAI's Responses API, without a memory of its own: a request holds all of its conversation. */
@NullMarked
package io.grevy.openai.responses;

import org.jspecify.annotations.NullMarked;
