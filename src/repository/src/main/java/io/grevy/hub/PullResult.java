package io.grevy.hub;

import java.nio.file.Path;

/** What a pull came to. */
public sealed interface PullResult {
    /** The folder that holds the model. */
    Path folder();

    /** It was there before; the hub was not asked. */
    record AlreadyThere(Path folder) implements PullResult {}

    /**
     * It was fetched.
     *
     * @param commit the hub's commit that the files are of
     * @param bytes the size of all files, also of those that an earlier attempt had fetched
     */
    record Pulled(Path folder, String commit, int files, long bytes) implements PullResult {}
}
