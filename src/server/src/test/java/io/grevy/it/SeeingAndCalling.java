package io.grevy.it;

import io.grevy.engine.FixtureCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A server with two models: one that sees, and one of random weights whose chat template takes tools. */
final class SeeingAndCalling {

    static final String SEEING = "grevy/demo";
    static final String CALLING = "calling";

    private SeeingAndCalling() {}

    static WebArchive serve(String archive) throws IOException {
        Path folder = Files.createTempDirectory(Deployments.root().resolve("src/server/target"), archive);
        Path calling = Files.createDirectory(folder.resolve(CALLING));
        FixtureCopy.of("qwen2", FixtureCopy.TAKING_TOOLS, calling);
        TestRepository repository = new TestRepository(folder)
                .put(SEEING, Deployments.model(SEEING))
                .put(CALLING, calling);
        repository.write();
        return Deployments.of(
                archive, Map.of("grevy.config_path", repository.config().toString()));
    }
}
