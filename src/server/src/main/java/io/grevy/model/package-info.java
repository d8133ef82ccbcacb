/** The models that this server serves: their scope, life cycle, states and admission. */
@NullMarked
package io.grevy.model;

import org.jspecify.annotations.NullMarked;
