package io.grevy.openai;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

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
                                @License(name = "Apache-2.0", url = "https://www.apache.org/licenses/LICENSE-2.0.txt")),
        components =
                @Components(
                        responses = {
                            @APIResponse(
                                    name = "BadRequest",
                                    description = "Something in the request is wrong; param says where.",
                                    content =
                                            @Content(
                                                    mediaType = MediaType.APPLICATION_JSON,
                                                    schema = @Schema(implementation = ErrorResponse.class))),
                            @APIResponse(
                                    name = "BadUrl",
                                    description = "The URL is malformed; one that can't be decoded gets a page, "
                                            + "since the server refuses it before the API sees it.",
                                    content = {
                                        @Content(
                                                mediaType = MediaType.APPLICATION_JSON,
                                                schema = @Schema(implementation = ErrorResponse.class)),
                                        @Content(
                                                mediaType = MediaType.TEXT_HTML,
                                                schema = @Schema(implementation = String.class))
                                    }),
                            @APIResponse(
                                    name = "NotFound",
                                    description = "There is no such model, or nothing of this id.",
                                    content =
                                            @Content(
                                                    mediaType = MediaType.APPLICATION_JSON,
                                                    schema = @Schema(implementation = ErrorResponse.class))),
                            @APIResponse(
                                    name = "TooLarge",
                                    description = "The body is too long.",
                                    content =
                                            @Content(
                                                    mediaType = MediaType.APPLICATION_JSON,
                                                    schema = @Schema(implementation = ErrorResponse.class))),
                            @APIResponse(
                                    name = "NotJson",
                                    description = "The body is not JSON by its Content-Type.",
                                    content =
                                            @Content(
                                                    mediaType = MediaType.APPLICATION_JSON,
                                                    schema = @Schema(implementation = ErrorResponse.class))),
                            @APIResponse(
                                    name = "Busy",
                                    description = "As many requests wait as may; Retry-After says when to come back.",
                                    content =
                                            @Content(
                                                    mediaType = MediaType.APPLICATION_JSON,
                                                    schema = @Schema(implementation = ErrorResponse.class))),
                            @APIResponse(
                                    name = "Cancelled",
                                    description = "The answer was cancelled through its cancel endpoint.",
                                    content =
                                            @Content(
                                                    mediaType = MediaType.APPLICATION_JSON,
                                                    schema = @Schema(implementation = ErrorResponse.class))),
                            @APIResponse(
                                    name = "Failed",
                                    description = "The server or the engine failed.",
                                    content =
                                            @Content(
                                                    mediaType = MediaType.APPLICATION_JSON,
                                                    schema = @Schema(implementation = ErrorResponse.class))),
                            @APIResponse(
                                    name = "Unavailable",
                                    description =
                                            "The model loads, failed to load, or is being unloaded; Retry-After says when to come back.",
                                    content =
                                            @Content(
                                                    mediaType = MediaType.APPLICATION_JSON,
                                                    schema = @Schema(implementation = ErrorResponse.class)))
                        }))
public class GrevyApplication extends Application {}
