/**
 * Pulls models from a hub that speaks as Hugging Face's does: lists a repository's files, fetches them side by side,
 * goes on where a broken pull has ended, checks every byte, and shows the folder only when all of it is there.
 *
 * <p>The hub is the operator's choice, so requests go wherever they say; what the hub answers is outside input.
 */
@NullMarked
package io.grevy.hub;

import org.jspecify.annotations.NullMarked;
