package io.grevy.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A user folder of Liberty ({@code WLP_USER_DIR}) with the server {@code grevy} as it is built, whose WAR has one more
 * jar: the engine of {@code src/stub}, compiled here against what the WAR has.
 */
final class StubServer {

    private static final Path TARGET = Checkout.root().resolve("src/deploy-it/target");
    private static final Path LIBERTY = Checkout.root().resolve("src/server/target/liberty/wlp");

    private StubServer() {}

    static Path make() throws IOException, InterruptedException {
        Path user = TARGET.resolve("stub/usr");
        if (Files.exists(user)) {
            Command.run("rm", "-rf", user.toString());
        }
        Path server = Files.createDirectories(user.resolve("servers/grevy"));
        for (String file : List.of("server.xml", "bootstrap.properties", "jvm.options")) {
            Files.copy(Checkout.root().resolve("liberty-config").resolve(file), server.resolve(file));
        }
        Path resources = Files.createDirectories(user.resolve("shared/resources"));
        Files.createSymbolicLink(resources.resolve("grevy"), LIBERTY.resolve("usr/shared/resources/grevy"));
        Path war = Files.createDirectories(server.resolve("apps")).resolve("grevy.war");
        Files.copy(Checkout.root().resolve("src/server/target/grevy.war"), war, StandardCopyOption.REPLACE_EXISTING);
        Path classes = compile(TARGET.resolve("stub/war/WEB-INF/classes"));
        Command.run(
                TARGET.resolve("stub/war"),
                Map.of(),
                List.of(System.getProperty("java.home") + "/bin/jar", "uf", war.toString(), "WEB-INF/classes"));
        assertThat(classes).isDirectoryRecursivelyContaining("glob:**/PacedEngine.class");
        return user;
    }

    private static Path compile(Path classes) throws IOException {
        Files.createDirectories(classes);
        List<String> arguments = new ArrayList<>(
                List.of("-proc:none", "-nowarn", "--release", "17", "-d", classes.toString(), "-cp", classPath()));
        try (Stream<Path> sources = Files.walk(Checkout.root().resolve("src/deploy-it/src/stub/java"))) {
            sources.map(Path::toString).filter(path -> path.endsWith(".java")).forEach(arguments::add);
        }
        int code = ToolProvider.getSystemJavaCompiler()
                .run(null, OutputStream.nullOutputStream(), null, arguments.toArray(String[]::new));
        assertThat(code).as("compiling the stub engine").isZero();
        return classes;
    }

    private static String classPath() throws IOException {
        List<Path> parts = new ArrayList<>(List.of(Checkout.root().resolve("src/server/target/classes")));
        try (Stream<Path> jars = Files.list(LIBERTY.resolve("dev/api/spec"))) {
            jars.filter(jar -> jar.getFileName().toString().startsWith("io.openliberty.jakarta."))
                    .forEach(parts::add);
        }
        return parts.stream().map(Path::toString).collect(Collectors.joining(":"));
    }
}
