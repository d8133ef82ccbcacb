@NullMarked
package io.grevy.tools;

import org.jspecify.annotations.NullMarked;
