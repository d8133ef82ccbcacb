package io.grevy.hub;

import java.util.Arrays;

/** Names of files on the hub, which become paths here: only those that stay within their folder. */
final class FileNames {
    private static final int LONGEST = 1024;

    private FileNames() {}

    static boolean isSafe(String name) {
        return !name.isEmpty()
                && name.length() <= LONGEST
                && name.chars().noneMatch(c -> Character.isISOControl(c) || c == '\\')
                && Arrays.stream(name.split("/", -1)).allMatch(FileNames::isSafePart);
    }

    private static boolean isSafePart(String part) {
        return !part.isEmpty() && !part.equals(".") && !part.equals("..") && !part.equals(PullRecord.FILE);
    }
}
