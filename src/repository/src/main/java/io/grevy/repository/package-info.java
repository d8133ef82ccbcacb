/**
 * What a model repository on disk says: which folder a name means, what is in the folder, and with which execution
 * settings it is to run. Reads files only; nothing here loads a model.
 */
@NullMarked
package io.grevy.repository;

import org.jspecify.annotations.NullMarked;
