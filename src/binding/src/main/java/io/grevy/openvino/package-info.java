/** OpenVINO GenAI for Java. */
@NullMarked
package io.grevy.openvino;

import org.jspecify.annotations.NullMarked;
