package io.grevy.repository;

/** Names of models: they stand in requests and in addresses, and may have slashes ({@code OpenGVLab/InternVL2-2B}). */
public final class ModelName {
    private ModelName() {}

    /** @throws RepositoryException saying what is wrong with a name */
    public static void check(String name) {
        if (name.isBlank() || !name.equals(name.strip())) {
            throw new RepositoryException("model name '" + name + "': it is empty or has spaces around it");
        }
        if (name.chars().anyMatch(c -> Character.isISOControl(c) || "?#\\".indexOf(c) >= 0)) {
            throw new RepositoryException("model name '" + name + "': control characters, ?, # and \\ are not allowed");
        }
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw new RepositoryException("model name '" + name + "': the part '" + part + "' is not allowed");
            }
        }
    }
}
