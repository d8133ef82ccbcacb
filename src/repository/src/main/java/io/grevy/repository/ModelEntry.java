package io.grevy.repository;

/** What became of one model that was asked for: its definition, or why there is none. */
public sealed interface ModelEntry {
    /** The name that requests use. */
    String name();

    /** A model that can be loaded. */
    record Found(ModelDefinition definition) implements ModelEntry {
        @Override
        public String name() {
            return definition.name();
        }
    }

    /** A model that cannot; the others are not concerned. */
    record Rejected(String name, RepositoryException reason) implements ModelEntry {}
}
