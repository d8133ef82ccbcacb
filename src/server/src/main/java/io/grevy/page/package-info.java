/** The page at {@code /}: static files that ask this server as any other client does. */
@NullMarked
package io.grevy.page;

import org.jspecify.annotations.NullMarked;
