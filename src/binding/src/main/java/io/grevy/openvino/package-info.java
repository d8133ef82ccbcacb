/**
 * OpenVINO GenAI for Java: language and vision-language models, on the engine's official native libraries.
 *
 * <pre>{@code
 * try (BatchingPipeline pipeline = BatchingPipeline.open(
 *         Path.of("models/grevy/demo"), "CPU", SchedulerSettings.defaults(), Map.of())) {
 *     String prompt = pipeline.tokenizer().applyChatTemplate(
 *             "[{\"role\":\"user\",\"content\":\"<ov_genai_image_0>What is in the picture?\"}]", true, "", "", "");
 *     pipeline.add(prompt, List.of(new Rgb(width, height, pixels)), Map.of("max_new_tokens", 100));
 *     while (pipeline.hasUnfinished()) {
 *         for (StepOutput output : pipeline.step()) {
 *             answer.add(output.tokens()); // a character may be cut between two steps, so decode later, or by
 *         }                                // Tokenizer.vocabulary()
 *     }
 * }
 * }</pre>
 *
 * <h2>What is in it</h2>
 *
 * <ul>
 *   <li>{@link io.grevy.openvino.BatchingPipeline}: many requests at once, one forward pass a step.
 *   <li>{@link io.grevy.openvino.PictureEncoder}: pictures encoded once, beside a pipeline.
 *   <li>{@link io.grevy.openvino.SequentialPipeline}: one request at a time, for models without continuous batching.
 *   <li>{@link io.grevy.openvino.Tokenizer}: of a pipeline, with its chat template and vocabulary.
 *   <li>{@link io.grevy.openvino.OpenVino}: loading, versions.
 * </ul>
 *
 * <h2>Threads and ends</h2>
 *
 * A pipeline is {@link java.lang.AutoCloseable}; closing it twice is harmless, and closing it during a call waits for
 * that call: a native object is freed after its last user. No Java code ever runs in the engine's threads, so nothing
 * thrown in Java can end the process. Which methods are for any thread is said at each class.
 *
 * <h2>Errors</h2>
 *
 * <ul>
 *   <li>{@link io.grevy.openvino.NativeLibraryException}: the libraries aren't those that this was built for. Once, at
 *       the start.
 *   <li>{@link io.grevy.openvino.EngineException}: the engine's own words.
 *   <li>{@link java.lang.IllegalArgumentException}: refused before the engine saw it, such as an unknown option.
 *   <li>{@link java.lang.IllegalStateException}: closed.
 * </ul>
 *
 * After a failed {@link io.grevy.openvino.BatchingPipeline#step step} only a new pipeline helps.
 *
 * <h2>Native libraries</h2>
 *
 * The jar holds those of one platform, the build's, out of the wheels pinned by hash in {@code natives/}; JavaCPP
 * unpacks them, 140 MB, on first use to {@code ~/.javacpp/cache} or to the system property
 * {@code org.bytedeco.javacpp.cachedir}. They may be loaded by one class loader of a process only: on an application
 * server this jar and both of JavaCPP's belong into a shared library, not into the application. JavaCPP's own limits of
 * native memory are lifted unless {@code org.bytedeco.javacpp.maxBytes} and {@code maxPhysicalBytes} are set.
 *
 * <p>The GPU plugin is along, and needs the system's OpenCL driver. A library that is built on one machine runs where
 * glibc is the same or newer.
 *
 * <h2>How it is made</h2>
 *
 * The wheels have no headers of GenAI. Those in {@code src/main/cpp/grevy/genai}, written by hand, declare the exported
 * symbols that are used, most of them as storage of which nothing else is known. Where a layout matters, the library is
 * asked at the start whether it has it ({@code checks.hpp}), by its own description of a configuration, its own copy of
 * an output, its own reference into its metrics. Another version already fails by its file's name. Above that,
 * {@code src/main/cpp/grevy} has the few classes that JavaCPP maps one to one.
 *
 * <p>Encoding pictures beside a pipeline goes further in, to classes that the library exports and doesn't publish
 * ({@code inputs_embedder.hpp}, {@code encoder.hpp}, {@code merger.hpp}). Nothing of that is linked; where a function is
 * missing, a class differs or an answer does, pictures go the engine's own way.
 */
@NullMarked
package io.grevy.openvino;

import org.jspecify.annotations.NullMarked;
