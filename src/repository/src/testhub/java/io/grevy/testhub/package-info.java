/**
 * A hub on this machine for tests: it speaks as Hugging Face's does as far as pulling a model goes, keeps large files
 * in a store on another port, notes each request, and breaks off, stalls, refuses or lies where a test says so.
 */
@NullMarked
package io.grevy.testhub;

import org.jspecify.annotations.NullMarked;
