package io.grevy.repository;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a model is said to lie; whether it does is another question.
 *
 * @param name the name that requests use
 * @param basePath its folder, or one with OVMS's version subfolders
 * @param graphPath where a graph is named; else it is looked for in the folder
 */
public record ModelLocation(String name, Path basePath, Optional<Path> graphPath) {}
