package io.grevy.anthropic;

import io.grevy.inference.Structure;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import io.grevy.openai.structure.StructureReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code output_config}: what the answer obeys, and how much effort the model makes. */
final class OutputConfig {

    private static final List<String> EFFORTS = List.of("low", "medium", "high", "xhigh");

    private OutputConfig() {}

    static Optional<Structure> structure(Fields request) {
        return of(request).flatMap(config -> config.optional("format")).map(field -> {
            Fields format = field.asObject();
            format.allowOnly(Set.of("type", "schema"));
            format.required("type").asOneOf(List.of("json_schema"));
            return StructureReader.ofSchema(format.required("schema"));
        });
    }

    static Optional<String> effort(Fields request) {
        return of(request).flatMap(config -> config.optional("effort")).map(effort -> effort.asOneOf(EFFORTS));
    }

    private static Optional<Fields> of(Fields request) {
        Optional<Fields> config = request.optional("output_config").map(Field::asObject);
        config.ifPresent(given -> given.allowOnly(Set.of("format", "effort")));
        return config;
    }
}
