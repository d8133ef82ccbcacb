@NullMarked
package io.grevy.repository;

import org.jspecify.annotations.NullMarked;
