package io.grevy.engine;

import io.grevy.openvino.EncodedPicture;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Encoded pictures, up to a number of bytes: the ones that were used last. A conversation sends its picture again with
 * each turn, so the newest one is the likeliest to come again, and is never turned away for one that was asked for more
 * often. Belongs to one thread, or to one lock.
 */
final class PictureCache {

    private final long capacityBytes;
    private final Map<PictureKey, EncodedPicture> pictures = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    PictureCache(long capacityBytes) {
        this.capacityBytes = capacityBytes;
    }

    /** The caller closes what is found. */
    Optional<EncodedPicture> find(PictureKey key) {
        return Optional.ofNullable(pictures.get(key)).map(EncodedPicture::share);
    }

    /** Takes a picture over; closes those for which there is no room then, itself if it is larger than all the room. */
    void keep(PictureKey key, EncodedPicture picture) {
        if (picture.bytes() > capacityBytes) {
            picture.close();
            return;
        }
        EncodedPicture before = pictures.put(key, picture);
        bytes += picture.bytes();
        if (before != null) {
            drop(before);
        }
        for (Iterator<EncodedPicture> oldest = pictures.values().iterator(); bytes > capacityBytes; ) {
            EncodedPicture dropped = oldest.next();
            oldest.remove();
            drop(dropped);
        }
    }

    long bytes() {
        return bytes;
    }

    void clear() {
        pictures.values().forEach(this::drop);
        pictures.clear();
    }

    private void drop(EncodedPicture picture) {
        bytes -= picture.bytes();
        picture.close();
    }
}
