package io.grevy.it;

import io.grevy.engine.FixtureCopy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One server for all tests of this module, which ends after the last: a model that sees, and one that takes tools. */
final class ServedModels implements ParameterResolver {

    /** The demo model. */
    static final String SEEING = "grevy/demo";

    /** A text model of random weights, with a chat template that takes tools. */
    static final String CALLING = "calling";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == URL.class;
    }

    @Override
    public URL resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(ServedModels.class))
                .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class)
                .url();
    }

    private record Running(GrevyProcess grevy) implements AutoCloseable {

        static Running start() {
            try {
                Path folder = Files.createTempDirectory(
                        Files.createDirectories(Checkout.root().resolve("src/clients-it/target")), "models");
                Path calling = Files.createDirectory(folder.resolve(CALLING));
                FixtureCopy.of("qwen2", FixtureCopy.TAKING_TOOLS, calling);
                TestRepository repository = new TestRepository(folder);
                repository.put(SEEING, Checkout.model(SEEING));
                repository.put(CALLING, calling);
                repository.write();
                GrevyProcess grevy =
                        GrevyProcess.start("--config_path", repository.config().toString());
                new Http(grevy.awaitAvailable().url()).awaitModels();
                return new Running(grevy);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        URL url() {
            try {
                return grevy.url();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException, InterruptedException {
            grevy.close();
        }
    }
}
