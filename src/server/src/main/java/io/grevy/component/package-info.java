/** The one way in which this application declares its beans. */
@NullMarked
package io.grevy.component;

import org.jspecify.annotations.NullMarked;
