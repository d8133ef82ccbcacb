/**
 * Guards what Liberty serves beside the application: its metrics and its OpenAPI document, which no filter of an
 * application sees. Liberty finds {@link io.grevy.gate.GateInitializer} by its feature bells; the application, which
 * shares this class loader, says who may pass.
 */
@NullMarked
package io.grevy.gate;

import org.jspecify.annotations.NullMarked;
