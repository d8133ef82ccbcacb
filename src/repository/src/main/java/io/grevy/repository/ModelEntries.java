package io.grevy.repository;

import java.util.List;

/** The models of one configuration, in its order; no name comes twice. */
public record ModelEntries(List<ModelEntry> entries) {
    public ModelEntries {
        entries = List.copyOf(entries);
    }

    /** Those that can be loaded. */
    public List<ModelDefinition> found() {
        return entries.stream()
                .filter(ModelEntry.Found.class::isInstance)
                .map(entry -> ((ModelEntry.Found) entry).definition())
                .toList();
    }

    /** Those that cannot. */
    public List<ModelEntry.Rejected> rejected() {
        return entries.stream()
                .filter(ModelEntry.Rejected.class::isInstance)
                .map(ModelEntry.Rejected.class::cast)
                .toList();
    }
}
