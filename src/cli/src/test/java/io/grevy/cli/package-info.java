@NullMarked
package io.grevy.cli;

import org.jspecify.annotations.NullMarked;
