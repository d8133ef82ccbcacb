package io.grevy.openvino;

import java.util.function.Consumer;

/** What native calls return in bytes. */
final class Bytes {
    private Bytes() {}

    static byte[] of(Consumer<GenAi.Bytes> call) {
        try (GenAi.Bytes out = new GenAi.Bytes()) {
            call.accept(out);
            byte[] bytes = new byte[Math.toIntExact(out.size())];
            out.copyTo(bytes);
            return bytes;
        }
    }

    static String text(Consumer<GenAi.Bytes> call) {
        return Utf8.decode(of(call));
    }
}
