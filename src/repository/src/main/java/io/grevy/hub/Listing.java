package io.grevy.hub;

import java.util.List;

/** A model's files at one commit, which no later change on the hub concerns. */
record Listing(String commit, List<HubFile> files) {
    Listing {
        files = List.copyOf(files);
    }

    long bytes() {
        return files.stream().mapToLong(HubFile::size).sum();
    }
}
