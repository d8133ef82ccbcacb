package io.grevy.testhub;

import java.util.stream.Collectors;

/** What the hub's API says of a model. */
final class HubJson {
    private HubJson() {}

    static String model(String name, HubModel model) {
        return """
                {"_id": "0", "id": "%s", "modelId": "%s", "sha": "%s", "private": false, "gated": false,
                 "disabled": false, "downloads": 1, "likes": 0, "tags": [], "siblings": [%s]}""".formatted(
                        name,
                        name,
                        model.commit(),
                        model.files().entrySet().stream()
                                .map(file -> sibling(file.getKey(), file.getValue()))
                                .collect(Collectors.joining(", ")));
    }

    static String tree(HubModel model) {
        return model.files().entrySet().stream()
                .map(file -> entry(file.getKey(), file.getValue()))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private static String sibling(String name, byte[] bytes) {
        String large = HubModel.isLarge(bytes)
                ? ", \"lfs\": {\"sha256\": \"%s\", \"size\": %d, \"pointerSize\": 134}"
                        .formatted(HubModel.sha256(bytes), bytes.length)
                : "";
        return "{\"rfilename\": \"%s\", \"size\": %d, \"blobId\": \"%s\"%s}"
                .formatted(escaped(name), bytes.length, HubModel.blobId(bytes), large);
    }

    private static String entry(String name, byte[] bytes) {
        String large = HubModel.isLarge(bytes)
                ? ", \"lfs\": {\"oid\": \"%s\", \"size\": %d, \"pointerSize\": 134}"
                        .formatted(HubModel.sha256(bytes), bytes.length)
                : "";
        return "{\"type\": \"file\", \"path\": \"%s\", \"size\": %d, \"oid\": \"%s\"%s}"
                .formatted(escaped(name), bytes.length, HubModel.blobId(bytes), large);
    }

    private static String escaped(String text) {
        return text.chars()
                .mapToObj(c -> c < ' ' || c == '"' || c == '\\' ? "\\u%04x".formatted(c) : Character.toString(c))
                .collect(Collectors.joining());
    }
}
