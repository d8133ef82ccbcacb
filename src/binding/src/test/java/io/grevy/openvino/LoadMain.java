package io.grevy.openvino;

/** Loads the libraries in a process of its own, and prints what came of it. */
final class LoadMain {
    private LoadMain() {}

    public static void main(String[] arguments) {
        try {
            System.out.println(OpenVino.load());
        } catch (NativeLibraryException e) {
            System.out.println(e);
        }
    }
}
