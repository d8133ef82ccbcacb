/** What can be seen of the server at work: MicroProfile Metrics of each model. */
@NullMarked
package io.grevy.observability;

import org.jspecify.annotations.NullMarked;
