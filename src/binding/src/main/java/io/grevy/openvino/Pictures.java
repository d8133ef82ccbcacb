package io.grevy.openvino;

import java.util.List;
import org.bytedeco.javacpp.BytePointer;

/** A request's pictures, copied to the engine's memory. */
final class Pictures {
    private Pictures() {}

    /** The caller closes it. */
    static GenAi.Pictures of(List<Rgb> pictures) {
        GenAi.Pictures copies = new GenAi.Pictures();
        try {
            for (Rgb picture : pictures) {
                BytePointer room = copies.add(picture.height(), picture.width());
                room.capacity(picture.pixels().length).put(picture.pixels());
            }
            return copies;
        } catch (RuntimeException e) {
            copies.close();
            throw NativeHandle.asThrown(e);
        }
    }
}
