package io.grevy.openvino;

/**
 * A picture as the model sees it, of one pipeline's {@link PictureEncoder}. Its memory is native, and is given back when
 * all that {@linkplain #share share} it are closed; it may outlive the pipeline. Thread-safe.
 */
public final class EncodedPicture implements AutoCloseable {

    private final NativeHandle<GenAi.KeptPicture> picture;
    private final long bytes;

    EncodedPicture(GenAi.KeptPicture picture) {
        this.picture = new NativeHandle<>("the encoded picture", picture);
        this.bytes = picture.bytes();
    }

    /** How much memory it takes. */
    public long bytes() {
        return bytes;
    }

    /**
     * The same picture once more, to be closed on its own.
     *
     * @throws IllegalStateException once closed
     */
    public EncodedPicture share() {
        return picture.call(shared -> {
            GenAi.KeptPicture copy = new GenAi.KeptPicture();
            copy.share(shared);
            return new EncodedPicture(copy);
        });
    }

    void addTo(GenAi.KeptPictures pictures) {
        picture.run(pictures::add);
    }

    @Override
    public void close() {
        picture.close(open -> {}, open -> {});
    }
}
