/** What a client may ask an answer to obey: read, and kept within what can be compiled in a moment. */
@NullMarked
package io.grevy.openai.structure;

import org.jspecify.annotations.NullMarked;
