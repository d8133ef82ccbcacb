package io.grevy.openai;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem;

/** Makes OpenAPI tell what {@link VersionAlias} does. */
public final class VersionAliasFilter implements OASFilter {

    @Override
    public void filterOpenAPI(OpenAPI api) {
        Map<String, PathItem> paths = new LinkedHashMap<>(api.getPaths().getPathItems());
        paths.forEach((path, item) -> {
            if (path.startsWith("/v3/")) {
                api.getPaths().addPathItem("/v1" + path.substring("/v3".length()), item);
            }
        });
    }
}
