package io.grevy.image;

import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;

/**
 * Loads the pictures of requests: from a data URI, or from an http(s) URL under the rules of {@link
 * PictureSettings}.
 *
 * <p>Supported are JPEG, PNG, WebP, GIF (the first frame), BMP and TIFF (the first page). What a file is
 * gets decided by its first bytes; a media type that says otherwise, in a data URI or in a response, is
 * ignored. The result is upright (EXIF orientation applied), sRGB, and transparent parts lie on white.
 *
 * <p>Thread-safe. Calls block, those for http(s) until the fetch ends or its time is up, and decode on
 * the calling thread; how many run at once is the caller's to bound, since each may take about a dozen bytes
 * of memory a pixel.
 */
public final class PictureLoader implements AutoCloseable {

    private final long maxBytes;
    private final long maxPixels;
    private final Decoder decoder;
    private final AnimationDecoder animations;
    private final Fetcher fetcher;

    /**
     * Starts no thread and opens no connection before the first fetch.
     *
     * @throws IllegalStateException where the Java runtime lacks ImageIO's readers or TLS
     */
    public PictureLoader(PictureSettings settings) {
        this(settings, new Network.System(), Tls.sockets());
    }

    PictureLoader(PictureSettings settings, Network network, SSLSocketFactory tls) {
        this.maxBytes = settings.maxBytes();
        this.maxPixels = settings.maxPixels();
        this.decoder = new Decoder(maxPixels);
        this.animations = new AnimationDecoder(decoder, maxPixels);
        this.fetcher = new Fetcher(settings, network, tls);
    }

    /**
     * Loads one picture.
     *
     * @param url a base64 data URI, or an http or https URL
     * @throws PictureException says what is wrong; nothing else is thrown for bad input
     */
    public Picture load(String url) throws PictureException {
        return load(url, file -> {});
    }

    /** @param seen gets the file's bytes before they are decoded */
    public Picture load(String url, Consumer<byte[]> seen) throws PictureException {
        return decoder.decode(bytes(url, seen));
    }

    /**
     * Loads one frame of a video that comes as pictures. Together the frames may have as many pixels as one picture.
     *
     * @param url as for {@link #load}
     * @param frames how many the video has, at least 1
     * @param seen gets the file's bytes before they are decoded
     * @throws PictureException as {@link #load}
     */
    public Picture loadFrame(String url, int frames, Consumer<byte[]> seen) throws PictureException {
        try {
            return decoder.decode(bytes(url, seen), maxPixels / frames);
        } catch (PictureException e) {
            if (e.reason() != PictureException.Reason.TOO_MANY_PIXELS) {
                throw e;
            }
            String message = String.valueOf(e.getMessage());
            throw new PictureException(
                    e.reason(),
                    message.substring(0, message.length() - 1) + " for each of a video's " + frames + " frames.");
        }
    }

    /**
     * Loads a video: an animation (GIF, WebP), or a picture as a video of one frame. The frames that are taken may have
     * as many pixels together as one picture; all that the file has, sixteen times as many.
     *
     * @param url as for {@link #load}
     * @param mostFrames how many frames are taken, evenly spread
     * @param seen gets the file's bytes before they are decoded
     * @throws PictureException as {@link #load}; also names a video format that is not decoded, such as MP4
     */
    public Video loadVideo(String url, int mostFrames, Consumer<byte[]> seen) throws PictureException {
        return animations.decode(bytes(url, seen), mostFrames);
    }

    private byte[] bytes(String url, Consumer<byte[]> seen) throws PictureException {
        byte[] file = DataUri.matches(url) ? DataUri.parse(url).decode(maxBytes) : fetcher.fetch(WebUrl.parse(url));
        seen.accept(file);
        return file;
    }

    /**
     * Refuses what can be refused without I/O and without decoding: scheme, syntax, the rules on hosts and
     * literal addresses, base64 and its decoded length. What passes may still fail in {@link #load}.
     *
     * @throws PictureException says what is wrong
     */
    public void check(String url) throws PictureException {
        if (DataUri.matches(url)) {
            DataUri.parse(url).check(maxBytes);
        } else {
            fetcher.check(WebUrl.parse(url));
        }
    }

    /** Ends the fetches that are under way and the threads of this loader; closing twice is harmless. */
    @Override
    public void close() {
        fetcher.close();
    }
}
