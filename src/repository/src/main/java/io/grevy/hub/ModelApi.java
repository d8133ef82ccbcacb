package io.grevy.hub;

import io.grevy.hub.HubException.Reason;
import io.grevy.repository.SourceModel;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What the hub answers about one model. Thread-safe. */
final class ModelApi {
    private static final int MOST_LISTING_BYTES = 64 << 20;

    private final HubSettings settings;
    private final HubConnection connection;
    private final SourceModel source;
    private final StatusErrors errors;

    ModelApi(HubSettings settings, HubConnection connection, SourceModel source) {
        this.settings = settings;
        this.connection = connection;
        this.source = source;
        this.errors = new StatusErrors(settings, source);
    }

    Listing list() throws HubException, InterruptedException {
        URI uri = uri("/api/models/" + source.name() + "/revision/" + encode(source.revisionOrMain()) + "?blobs=true");
        try (HubResponse response = connection.get(uri, OptionalLong.empty())) {
            if (response.status() != 200) {
                throw errors.of(response);
            }
            if (response.contentType().filter(type -> type.contains("json")).isEmpty()) {
                throw StatusErrors.unexpected(response);
            }
            Optional<byte[]> body = response.whole(MOST_LISTING_BYTES, settings.patience());
            return new ListingReader(uri.toString())
                    .read(body.orElseThrow(() -> new HubException(
                            Reason.UNEXPECTED_ANSWER, uri + ": larger than " + Sizes.text(MOST_LISTING_BYTES))));
        } catch (IOException e) {
            throw ConnectionErrors.of(e, uri, Optional.empty());
        }
    }

    /** Asks for a file's bytes from one on; the answer's status is 200, 206 or 416. */
    HubResponse open(String commit, HubFile file, long from) throws HubException, InterruptedException {
        String path =
                Arrays.stream(file.name().split("/", -1)).map(ModelApi::encode).collect(Collectors.joining("/"));
        HubResponse response = connection.get(
                uri("/" + source.name() + "/resolve/" + commit + "/" + path),
                from > 0 ? OptionalLong.of(from) : OptionalLong.empty());
        if (response.status() == 200 || response.status() == 206 || response.status() == 416) {
            return response;
        }
        response.close();
        throw errors.of(response);
    }

    private URI uri(String path) {
        return URI.create(settings.endpoint() + path);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
