package io.grevy.openvino;

import java.util.List;
import org.bytedeco.javacpp.BytePointer;

/** A request's pictures and videos, copied to the engine's memory. */
final class Pictures {
    private Pictures() {}

    /** The caller closes it. */
    static GenAi.Pictures of(List<Rgb> pictures, List<RgbVideo> videos) {
        GenAi.Pictures copies = new GenAi.Pictures();
        try {
            for (Rgb picture : pictures) {
                BytePointer room = copies.add(picture.height(), picture.width());
                room.capacity(picture.pixels().length).put(picture.pixels());
            }
            for (RgbVideo video : videos) {
                copy(video, copies);
            }
            return copies;
        } catch (RuntimeException e) {
            copies.close();
            throw NativeHandle.asThrown(e);
        }
    }

    private static void copy(RgbVideo video, GenAi.Pictures copies) {
        Rgb first = video.frames().get(0);
        int count = video.frames().size();
        BytePointer room = copies.addVideo(count, first.height(), first.width(), video.framesPerSecond());
        room.capacity((long) count * first.pixels().length);
        for (Rgb frame : video.frames()) {
            room.put(frame.pixels()).position(room.position() + frame.pixels().length);
        }
    }
}
