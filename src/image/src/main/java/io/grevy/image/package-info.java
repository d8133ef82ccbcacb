/**
 * The pictures of a request, from a URL to RGB bytes.
 *
 * <p>{@link io.grevy.image.PictureLoader} takes a data URI or an http(s) URL and gives a {@link
 * io.grevy.image.Picture}. On the way: the address guard and the fetcher (network), the base64
 * reader, the containers (what a file says of itself: size, orientation, completeness; all limits are
 * checked on this, before any pixel is decoded), the ImageIO readers, and the conversion of whatever
 * they give to 8-bit sRGB on white.
 *
 * <p>Nothing here is registered with ImageIO globally, so that the module can live in a WAR that is
 * redeployed.
 */
@NullMarked
package io.grevy.image;

import org.jspecify.annotations.NullMarked;
