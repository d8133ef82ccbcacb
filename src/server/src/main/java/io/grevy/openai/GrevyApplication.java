package io.grevy.openai;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;

/** Everything that this application serves lies at the root; Liberty's {@code /health} and the like stand beside it. */
@ApplicationPath("/")
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Grevy",
                        version = "v3",
                        description = "Vision-language models behind the OpenAI API. Each path under /v3 is served "
                                + "under /v1 as well, but for /v1/config.",
                        license =
                                @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0.txt")))
public class GrevyApplication extends Application {}
