/**
 * From a checkpoint to a model that is served: drives OpenVINO's export tool in a Python environment of its own, and
 * leaves a whole model folder or none.
 */
@NullMarked
package io.grevy.export;

import org.jspecify.annotations.NullMarked;
