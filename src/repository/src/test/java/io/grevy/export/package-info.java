@NullMarked
package io.grevy.export;

import org.jspecify.annotations.NullMarked;
