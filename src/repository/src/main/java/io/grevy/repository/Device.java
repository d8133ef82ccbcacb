package io.grevy.repository;

import java.util.regex.Pattern;

/** OpenVINO's names of devices. */
final class Device {
    private static final String ONE = "(CPU|GPU(\\.\\d+)?|NPU(\\.\\d+)?)";
    private static final Pattern NAME = Pattern.compile(ONE + "|AUTO|(AUTO|HETERO):-?" + ONE + "(,-?" + ONE + ")*");

    private Device() {}

    static String name(String text, String where) {
        if (!NAME.matcher(text).matches()) {
            throw new RepositoryException(
                    where + " '" + text + "': allowed are CPU, GPU, GPU.<n>, NPU, AUTO, AUTO:<list>, HETERO:<list>");
        }
        return text;
    }

    /** Whether it runs one request at a time, without the scheduler of continuous batching. */
    static boolean oneAtATime(String device) {
        return device.startsWith("NPU");
    }
}
