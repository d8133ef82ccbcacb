/** Reading JSON that a client sent: strictly, within bounds, and with errors that say what is wrong where. */
@NullMarked
package io.grevy.openai.json;

import org.jspecify.annotations.NullMarked;
