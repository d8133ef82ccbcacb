/**
 * The command {@code grevy}: reads flags of OVMS's names, checks what can be checked before anything starts, and runs
 * the server as a child process with each flag as the environment variable of its MicroProfile Config property.
 */
@NullMarked
package io.grevy.cli;

import org.jspecify.annotations.NullMarked;
