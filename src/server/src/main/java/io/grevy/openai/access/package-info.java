/** The door: who may ask for which path, in whose name a request goes on, and what is said of it on its way out. */
@NullMarked
package io.grevy.openai.access;

import org.jspecify.annotations.NullMarked;
