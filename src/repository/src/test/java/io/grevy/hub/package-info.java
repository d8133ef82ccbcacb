@NullMarked
package io.grevy.hub;

import org.jspecify.annotations.NullMarked;
