package io.grevy.openvino;

/**
 * The native libraries are absent, of another version than the binding was built for, or laid out otherwise than it
 * expects. The message names what was expected, what was found and what differs. Nothing else of this package works then.
 */
public final class NativeLibraryException extends RuntimeException {
    NativeLibraryException(String message) {
        super(message);
    }

    NativeLibraryException(String message, Throwable cause) {
        super(message, cause);
    }
}
