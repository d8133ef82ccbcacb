package io.grevy.openai.structure;

import io.grevy.openai.Json;
import io.grevy.openai.json.Elements;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of JSON Schema is enforced: the keywords that xgrammar compiles. It passes over others, so that they would be
 * ignored silently; here they are refused. Strings are kept to what a JSON string may hold as it is. https://json-schema.org/draft/2020-12
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

    /**
     * The schema as it is enforced.
     *
     * @param schema an object
     */
    static JsonValue enforced(Field schema) {
        Fields fields = schema.asObject();
        Bounds.checkBytes(schema, fields.object().toString());
        return new SchemaRules(fields.object()).schema(schema, 1);
    }

    private JsonValue schema(Field at, int depth) {
        if (depth > DEEPEST) {
            throw at.invalid("nests schemas more than " + DEEPEST + " deep");
        }
        if (at.isBoolean()) {
            return at.value();
        }
        Fields schema = at.asObject();
        checkAlone(schema);
        checkReference(schema);
        JsonObjectBuilder enforced = Json.object();
        schema.object().forEach((name, value) -> {
            if (!KNOWN.contains(name)) {
                throw schema.unsupported(name, "by no model");
            }
            boolean known = value == JsonValue.NULL || (name.equals("format") && NumberFormat.isOf(schema.object()));
            enforced.add(name, known ? value : member(schema.required(name), name, depth));
        });
        return NumberFormat.asRange(withLengthAsPattern(enforced.build()));
    }

    private JsonValue member(Field field, String name, int depth) {
        if (ONE_SCHEMA.contains(name)) {
            return schema(field, depth + 1);
        }
        if (SCHEMAS_BY_NAME.contains(name)) {
            return members(field, name.equals("patternProperties"), depth);
        }
        if (SCHEMAS.contains(name)) {
            Elements elements = field.asArray();
            if (name.equals("allOf") && elements.size() > 1) {
                throw field.invalid("may hold one schema only: several are not enforced");
            }
            JsonArrayBuilder all = Json.array();
            elements.fields().forEach(element -> all.add(schema(element, depth + 1)));
            return all.build();
        }
        if (COUNTS.contains(name)) {
            field.asInteger(BigInteger.ZERO, MOST_REPEATED);
        } else if (name.equals("pattern")) {
            Bounds.checkPattern(field, field.asText());
            return Json.text(JsonPattern.of(field, field.asText()));
        } else if (name.equals("format")) {
            field.asOneOf(FORMATS);
        }
        return field.value();
    }

    private JsonValue members(Field field, boolean patterns, int depth) {
        Fields members = field.asObject();
        JsonObjectBuilder all = Json.object();
        for (String name : members.names()) {
            if (patterns) {
                Bounds.checkPattern(field, name);
            }
            all.add(patterns ? JsonPattern.of(field, name) : name, schema(members.required(name), depth + 1));
        }
        return all.build();
    }

    /** Of a string whose length is bounded, xgrammar would let through control characters, which JSON has not. */
    private static JsonObject withLengthAsPattern(JsonObject schema) {
        boolean measured =
                schema.get("minLength") instanceof JsonNumber || schema.get("maxLength") instanceof JsonNumber;
        if (!measured || schema.containsKey("enum") || schema.containsKey("const")) {
            return schema;
        }
        int least = schema.getInt("minLength", 0);
        int most = schema.getInt("maxLength", -1);
        if (most >= 0 && most < least) {
            return schema; // xgrammar says what is wrong
        }
        JsonObjectBuilder enforced = Json.object();
        schema.forEach(enforced::add);
        return enforced.remove("minLength")
                .remove("maxLength")
                .add("pattern", JsonPattern.ofLength(least, most))
                .build();
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
