package io.grevy.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The file system of the image: what the base image has of Open Liberty, as
 * https://github.com/OpenLiberty/ci.docker/blob/main/releases/26.0.0.3/kernel-slim/Dockerfile.ubi9-minimal.openjdk21
 * lays it out, and over it what the Containerfile copies. The rest of the system, Java included, is this machine's.
 */
final class ImageTree {

    /** Folders of this machine that the tree shows, read-only; the kernel's are as they are. */
    static final List<String> OF_THIS_MACHINE = List.of("usr", "lib", "lib64", "bin", "sbin", "etc", "opt/java");

    private static final Path LIBERTY = Path.of("opt/ol/wlp");

    final Path root;

    private ImageTree(Path root) {
        this.root = root;
    }

    static ImageTree assemble(Containerfile containerfile, Path root) throws IOException, InterruptedException {
        if (Files.exists(root)) {
            Command.run("rm", "-rf", "--one-file-system", root.toString());
        }
        ImageTree tree = new ImageTree(Files.createDirectories(root));
        tree.base();
        for (Containerfile.Copy copy : containerfile.copies) {
            tree.copy(copy);
        }
        return tree;
    }

    private void base() throws IOException, InterruptedException {
        for (String folder : OF_THIS_MACHINE) {
            Files.createDirectories(root.resolve(folder));
        }
        for (String folder : List.of("proc", "dev", "sys", "tmp", "logs", "opt/ol", "licenses")) {
            Files.createDirectories(root.resolve(folder));
        }
        LibertyCopy.make(root.resolve(LIBERTY));
        Files.createDirectories(root.resolve(LIBERTY).resolve("output"));
        Files.createSymbolicLink(root.resolve(LIBERTY).resolve("logs"), Path.of("/logs"));
        Path server = Files.createDirectories(root.resolve(LIBERTY).resolve("usr/servers/defaultServer"));
        Path defaults = Files.createDirectories(server.resolve("configDropins/defaults"));
        Files.createDirectories(server.resolve("configDropins/overrides"));
        Files.writeString(
                defaults.resolve("open-default-port.xml"),
                "<server><httpEndpoint id=\"defaultHttpEndpoint\" host=\"*\"/></server>");
        Files.createSymbolicLink(root.resolve("config"), Path.of("/opt/ol/wlp/usr/servers/defaultServer"));
        Files.createSymbolicLink(root.resolve("liberty"), Path.of("/opt/ol/wlp"));
        Files.createSymbolicLink(root.resolve("output"), Path.of("/opt/ol/wlp/output/defaultServer"));
        Command.run("chmod", "-R", "a+rX", server.toString());
    }

    private void copy(Containerfile.Copy copy) throws IOException, InterruptedException {
        Path source = Checkout.root().resolve(copy.source());
        Path target = inside(copy.target());
        if (Files.isDirectory(source)) {
            Files.createDirectories(target);
            Command.run("cp", "-r", source + "/.", target.toString());
        } else {
            Files.createDirectories(target.getParent());
            Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        }
        if (isRoot()) {
            Command.run("chown", "-R", copy.owner(), target.toString());
        }
    }

    /** Where a path of the image lies, through the links in it. */
    private Path inside(String path) throws IOException {
        Path first = root.resolve(Path.of(path).getName(0));
        if (Files.isSymbolicLink(first)) {
            Path linked = root.resolve(Path.of("/").relativize(Files.readSymbolicLink(first)));
            return linked.resolve(first.relativize(root.resolve(path.substring(1))));
        }
        return root.resolve(path.substring(1));
    }

    static boolean isRoot() throws IOException, InterruptedException {
        return Command.run("id", "-u").strip().equals("0");
    }
}
