package io.grevy.openai;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;

/** Makes OpenAPI tell what {@link VersionAlias} does, what the door in front of all paths answers, and what may be null. */
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
            if (!path.startsWith("/v2/health/")) {
                item.getOperations().values().forEach(OpenApiFilter::addRefusals);
            }
            if (path.startsWith("/v3/")) {
                api.getPaths().addPathItem("/v1" + path.substring("/v3".length()), item);
            }
        });
    }

    private static void addRefusals(Operation operation) {
        add(operation, "401", "The server asks for an API key, and there was none, or nobody's.");
        add(operation, "403", "The API key lacks the permission for this.");
        if (operation.getResponses().hasAPIResponse("429")) {
            add(operation, "504", "The request took longer than its X-Request-Timeout, or the server, allows.");
        }
    }

    private static void add(Operation operation, String status, String description) {
        operation
                .getResponses()
                .addAPIResponse(status, OASFactory.createAPIResponse().description(description));
    }
}
