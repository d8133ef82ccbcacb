package io.grevy.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The WAR as it was built, with settings for a test. */
public final class Deployments {

    private static final String SETTINGS = "META-INF/microprofile-config.properties";

    private Deployments() {}

    /** The repository's root. */
    static Path root() {
        return Checkout.root();
    }

    public static Path model(String name) {
        return Checkout.model(name);
    }

    /** The test server, whatever is deployed to it. */
    static URL serverUrl() throws MalformedURLException {
        return URI.create("http://127.0.0.1:" + System.getProperty("test.http.port") + "/")
                .toURL();
    }

    /** Serves one model. */
    public static WebArchive of(String archive, String modelName, Path modelFolder) {
        return of(archive, Map.of("grevy.model_name", modelName, "grevy.model_path", modelFolder.toString()));
    }

    /** Serves what the settings say; they come on top of those in the WAR. */
    public static WebArchive of(String archive, Map<String, String> settings) {
        File war = new File(System.getProperty("grevy.war"));
        WebArchive deployment = ShrinkWrap.create(ZipImporter.class, archive + ".war")
                .importFrom(war)
                .as(WebArchive.class);
        String lines = settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining("\n", builtIn() + "\n", "\n"));
        return deployment.addAsWebInfResource(new StringAsset(lines), "classes/" + SETTINGS);
    }

    private static String builtIn() {
        try {
            return Files.readString(
                    root().resolve("src/server/src/main/resources").resolve(SETTINGS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
