/**
 * Who may do what: the file of API keys, with the models, limits and priority of each. Keys are kept as hashes only.
 */
@NullMarked
package io.grevy.keys;

import org.jspecify.annotations.NullMarked;
