package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file system of the image: what the base image has of Open Liberty, as
 * https://github.com/OpenLiberty/ci.docker/blob/main/releases/26.0.0.3/kernel-slim/Dockerfile.ubi9-minimal.openjdk21
 * lays it out, and over it what the Containerfile copies. The rest of the system, Java included, is this machine's.
 */
final class ImageTree {

    /** Folders of this machine that the tree shows, read-only; the kernel's are as they are. */
    static final List<String> OF_THIS_MACHINE = List.of("usr", "lib", "lib64", "bin", "sbin", "etc", "opt/java");

    /** Where k8s/components/keys mounts the file of API keys. */
    static final String KEYS = "/keys/keys.json";

    private static final Path LIBERTY = Path.of("opt/ol/wlp");

    private static final Pattern KEY = Pattern.compile("(?m)^grevy-[\\w-]{43}$");

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

    /** Has the launcher add a key to the file of keys, as its documentation says, and gives the key. */
    String addKey(String name, String... flags) throws IOException, InterruptedException {
        Path file = root.resolve(KEYS.substring(1));
        Files.createDirectories(file.getParent());
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java", "-jar"));
        command.addAll(List.of("src/cli/target/grevy-cli.jar", "key", "--api_key_file", file.toString()));
        command.addAll(List.of("--name", name));
        command.addAll(List.of(flags));
        Matcher key = KEY.matcher(Command.run(command.toArray(String[]::new)));
        assertThat(key.find()).isTrue();
        Command.run("chmod", "a+r", file.toString());
        return key.group();
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
