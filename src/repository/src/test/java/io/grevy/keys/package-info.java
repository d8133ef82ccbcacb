@NullMarked
package io.grevy.keys;

import org.jspecify.annotations.NullMarked;
