package io.grevy.openai.structure;

import io.grevy.openai.json.Elements;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of JSON Schema is enforced: the keywords that xgrammar compiles. It passes over others, so that they would be
 * ignored silently; here they are refused. https://json-schema.org/draft/2020-12
 */
final class SchemaRules {

    private static final int DEEPEST = 32;
    private static final BigInteger MOST_REPEATED = BigInteger.valueOf(100_000);

    /** Without effect on what is valid. */
    private static final Set<String> NOTES = Set.of(
            "title",
            "description",
            "default",
            "example",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "$schema",
            "$id",
            "$comment",
            "discriminator");

    private static final Set<String> ONE_SCHEMA =
            Set.of("additionalProperties", "items", "propertyNames", "unevaluatedProperties", "unevaluatedItems");
    private static final Set<String> SCHEMAS_BY_NAME =
            Set.of("properties", "patternProperties", "$defs", "definitions");
    private static final Set<String> SCHEMAS = Set.of("anyOf", "oneOf", "allOf", "prefixItems");
    private static final Set<String> COUNTS =
            Set.of("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties");
    private static final Set<String> OTHERS = Set.of(
            "type",
            "enum",
            "const",
            "required",
            "pattern",
            "format",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "$ref");
    private static final Set<String> FORMATS = Set.of(
            "email",
            "date",
            "time",
            "date-time",
            "duration",
            "ipv4",
            "ipv6",
            "hostname",
            "uuid",
            "uri",
            "uri-reference",
            "uri-template",
            "json-pointer",
            "relative-json-pointer");

    /** Of these xgrammar takes the first and nothing that stands beside it. */
    private static final List<String> ALONE = List.of("$ref", "anyOf", "oneOf", "allOf");

    private static final Set<String> BESIDE = union(NOTES, Set.of("type", "$defs", "definitions"));
    private static final Set<String> KNOWN = union(NOTES, ONE_SCHEMA, SCHEMAS_BY_NAME, SCHEMAS, COUNTS, OTHERS);

    private final JsonObject root;

    private SchemaRules(JsonObject root) {
        this.root = root;
    }

    /** @param schema an object, whose members are checked */
    static void check(Field schema) {
        Fields fields = schema.asObject();
        Bounds.checkBytes(schema, fields.object().toString());
        new SchemaRules(fields.object()).schema(schema, 1);
    }

    private void schema(Field at, int depth) {
        if (depth > DEEPEST) {
            throw at.invalid("nests schemas more than " + DEEPEST + " deep");
        }
        if (at.isBoolean()) {
            return;
        }
        Fields schema = at.asObject();
        for (String name : schema.names()) {
            if (!KNOWN.contains(name)) {
                throw schema.unsupported(name, "by no model");
            }
            schema.optional(name).ifPresent(field -> member(field, name, depth));
        }
        checkAlone(schema);
        checkReference(schema);
    }

    private void member(Field field, String name, int depth) {
        if (ONE_SCHEMA.contains(name)) {
            schema(field, depth + 1);
        } else if (SCHEMAS_BY_NAME.contains(name)) {
            Fields members = field.asObject();
            members.names().forEach(member -> {
                if (name.equals("patternProperties")) {
                    Bounds.checkPattern(field, member);
                }
                schema(members.required(member), depth + 1);
            });
        } else if (SCHEMAS.contains(name)) {
            Elements elements = field.asArray();
            if (name.equals("allOf") && elements.size() > 1) {
                throw field.invalid("may hold one schema only: several are not enforced");
            }
            elements.fields().forEach(element -> schema(element, depth + 1));
        } else if (COUNTS.contains(name)) {
            field.asInteger(BigInteger.ZERO, MOST_REPEATED);
        } else if (name.equals("pattern")) {
            Bounds.checkPattern(field, field.asText());
        } else if (name.equals("format")) {
            field.asOneOf(FORMATS);
        }
    }

    private static void checkAlone(Fields schema) {
        for (String alone : ALONE) {
            Set<String> others = new TreeSet<>(schema.names());
            others.removeAll(BESIDE);
            if (others.remove(alone) && !others.isEmpty()) {
                throw schema.required(alone)
                        .invalid("stands beside '" + others.iterator().next() + "': only one of the two is enforced");
            }
        }
        boolean measured =
                schema.names().contains("minLength") || schema.names().contains("maxLength");
        boolean formed = schema.names().contains("format");
        if (schema.names().contains("pattern") && (measured || formed)) {
            throw schema.required("pattern").invalid("stands beside a length or a format: only one is enforced");
        }
    }

    /** A reference within this schema that leads, in the end, to more than a reference. */
    private void checkReference(Fields schema) {
        Set<String> seen = new TreeSet<>();
        JsonObject current = schema.object();
        while (current.get("$ref") instanceof JsonString reference) {
            Field at = schema.required("$ref");
            String path = reference.getString();
            if (!path.equals("#") && !path.startsWith("#/")) {
                throw at.invalid("must be a reference within the schema, as '#/$defs/name'");
            }
            if (!seen.add(path)) {
                throw at.invalid("leads back to itself");
            }
            current = target(at, path);
        }
    }

    private JsonObject target(Field at, String path) {
        JsonObject current = root;
        for (String step : Arrays.asList(path.split("/")).subList(1, path.equals("#") ? 1 : path.split("/").length)) {
            String name = step.replace("~1", "/").replace("~0", "~");
            if (!(current.get(name) instanceof JsonObject next)) {
                throw at.invalid("leads nowhere: there is no '" + name + "'");
            }
            current = next;
        }
        return current;
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        return Stream.of(sets).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }
}
