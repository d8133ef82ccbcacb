package io.grevy.hub;

/**
 * A file as the hub lists it.
 *
 * @param name its path in the repository, safe as a path here
 * @param size in bytes
 */
record HubFile(String name, long size, Checksum checksum) {}
