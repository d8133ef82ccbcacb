package io.grevy.image;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ServiceRegistry;

/**
 * One chosen ImageIO reader a format, none of them found by scanning.
 *
 * <p>ImageIO's own registry is one for the whole server: plugins of a WAR that register there outlive it,
 * or are not found by it. So the plugins are instantiated here and live in a registry of this object's
 * own; from ImageIO's come only the JDK's built-in readers (PNG, GIF, BMP, and the JPEG one that the
 * plugin wraps). Immutable once made; each reader it gives is for one thread.
 */
final class ImageReaders {

    private final Map<Format, ImageReaderSpi> providers = new EnumMap<>(Format.class);

    ImageReaders() {
        ImageReaderSpi builtInJpeg = builtIn("com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi");
        JPEGImageReaderSpi jpeg = new JPEGImageReaderSpi();
        // The plugin looks for the reader it wraps in the registry that it is put into.
        ServiceRegistry registry =
                new ServiceRegistry(List.<Class<?>>of(ImageReaderSpi.class).iterator());
        registry.registerServiceProvider(builtInJpeg, ImageReaderSpi.class);
        registry.registerServiceProvider(jpeg, ImageReaderSpi.class);
        providers.put(Format.JPEG, jpeg);
        providers.put(Format.WEBP, new WebPImageReaderSpi());
        providers.put(Format.TIFF, new TIFFImageReaderSpi());
        providers.put(Format.PNG, builtIn("com.sun.imageio.plugins.png.PNGImageReaderSpi"));
        providers.put(Format.GIF, builtIn("com.sun.imageio.plugins.gif.GIFImageReaderSpi"));
        providers.put(Format.BMP, builtIn("com.sun.imageio.plugins.bmp.BMPImageReaderSpi"));
    }

    /** A new reader; the caller disposes of it. */
    ImageReader open(Format format) throws IOException {
        ImageReaderSpi provider = providers.get(format);
        if (provider == null) {
            throw new IllegalStateException("No reader for " + format);
        }
        return provider.createReaderInstance(null);
    }

    private static ImageReaderSpi builtIn(String name) {
        Iterator<ImageReaderSpi> found = Plugins.hidden(() -> IIORegistry.getDefaultInstance()
                .getServiceProviders(
                        ImageReaderSpi.class,
                        provider -> provider.getClass().getName().equals(name),
                        false));
        if (!found.hasNext()) {
            throw new IllegalStateException("The Java runtime has no " + name + "; the module java.desktop is needed");
        }
        return found.next();
    }
}
