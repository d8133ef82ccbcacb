/** What marks a class as a bean of this application. */
@NullMarked
package io.grevy.component;

import org.jspecify.annotations.NullMarked;
