package io.grevy.cli;

import io.grevy.repository.ModelSource;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The folder that Grevy lies in: the repository's root, or GREVY_HOME where that is set. */
record Home(Path root) {
    private static final String DEMO = "grevy/demo";
    /** From {@code src/cli/target/grevy-cli.jar} to the root. */
    private static final int JAR_DEPTH = 4;

    static Home of(Map<String, String> environment) {
        return new Home(Optional.ofNullable(environment.get("GREVY_HOME"))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .orElseGet(Home::aboveThisJar)
                .toAbsolutePath()
                .normalize());
    }

    /** The folder of whoever runs this, which may hold the token of a hub. */
    static Path ofUser() {
        return Path.of(System.getProperty("user.home"));
    }

    /** The model that is served when none is named. */
    ModelSource.Single demo() {
        return new ModelSource.Single(DEMO, root.resolve("models").resolve(DEMO));
    }

    /**
     * Liberty's folder: the one given, else WLP_HOME, else the one that the build made.
     *
     * @throws UsageException where there is no Liberty
     */
    Liberty liberty(Optional<String> given, Map<String, String> environment) {
        Path wlp = given.or(() -> Optional.ofNullable(environment.get("WLP_HOME")))
                .filter(text -> !text.isBlank())
                .map(Path::of)
                .orElse(root.resolve("src/server/target/liberty/wlp"))
                .toAbsolutePath()
                .normalize();
        Liberty liberty = new Liberty(wlp);
        if (!Files.isExecutable(liberty.script())) {
            throw new UsageException("no Open Liberty at " + wlp
                    + "; build it with 'mvn package' in Grevy's folder, or give --wlp_home");
        }
        return liberty;
    }

    private static Path aboveThisJar() {
        try {
            Path path = Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            for (int i = 0; i < JAR_DEPTH; i++) {
                path = Optional.ofNullable(path.getParent()).orElse(path);
            }
            return path;
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the jar's own place is not a path", e);
        }
    }
}
