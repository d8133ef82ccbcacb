package io.grevy.openai;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Makes OpenAPI tell what {@link VersionAlias} does, and what may be null. */
public final class OpenApiFilter implements OASFilter {

    /** Where a nullable record is used for a second time, Liberty 26.0.0.3 leaves null out of its types. */
    @Override
    public Schema filterSchema(Schema schema) {
        boolean nullable =
                schema.getAnyOf() != null && schema.getAnyOf().stream().anyMatch(OpenApiFilter::isNull);
        if (nullable && schema.getType() != null && !schema.getType().contains(Schema.SchemaType.NULL)) {
            schema.addType(Schema.SchemaType.NULL);
        }
        return schema;
    }

    private static boolean isNull(Schema schema) {
        return schema.getType() != null && schema.getType().equals(List.of(Schema.SchemaType.NULL));
    }

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
