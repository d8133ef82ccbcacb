@NullMarked
package io.grevy.image;

import org.jspecify.annotations.NullMarked;
