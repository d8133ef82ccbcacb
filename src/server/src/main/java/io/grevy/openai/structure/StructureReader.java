package io.grevy.openai.structure;

import io.grevy.inference.Structure;
import io.grevy.inference.Structure.Kind;
import io.grevy.openai.ApiException;
import io.grevy.openai.ErrorCode;
import io.grevy.openai.json.Field;
import io.grevy.openai.json.Fields;
import io.grevy.openai.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads what an answer has to obey: OpenAI's {@code response_format}, with the formats that OpenVINO Model Server takes
 * there, and vLLM's {@code structured_outputs}.
 */
public final class StructureReader {

    private static final String ANY_OBJECT = "{\"type\":\"object\"}";
    private static final Set<String> KINDS =
            Set.of("json", "regex", "grammar", "choice", "structural_tag", "json_object");
    private static final Set<String> HARMLESS =
            Set.of("disable_fallback", "disable_any_whitespace", "disable_additional_properties");

    private StructureReader() {}

    /** @throws ApiException naming what is wrong, where */
    public static Optional<Structure> read(Fields request) {
        Optional<Structure> format = request.optional("response_format").flatMap(StructureReader::responseFormat);
        Optional<Structure> structured = request.optional("structured_outputs").map(StructureReader::structuredOutputs);
        if (format.isPresent() && structured.isPresent()) {
            throw request.excludes("structured_outputs", "cannot be combined with a response_format");
        }
        return format.or(() -> structured);
    }

    private static Optional<Structure> responseFormat(Field field) {
        Fields format = field.asObject();
        Field type = format.required("type");
        String word = type.asText();
        if (word.equals("text")) {
            format.allowOnly(Set.of("type"));
            return Optional.empty();
        }
        return Optional.of(
                switch (word) {
                    case "json_object" -> {
                        format.allowOnly(Set.of("type"));
                        yield new Structure(Kind.JSON_SCHEMA, ANY_OBJECT, field.path());
                    }
                    case "json_schema" -> jsonSchema(format);
                    case "structural_tag" -> new Structure(Kind.STRUCTURAL_TAG, TagRules.read(field), field.path());
                    default -> otherFormat(field, type);
                });
    }

    /** The {@code text.format} of a response: a schema's members stand beside its type. */
    public static Optional<Structure> textFormat(Field field) {
        Fields format = field.asObject();
        return switch (format.required("type").asOneOf(List.of("text", "json_object", "json_schema"))) {
            case "json_schema" -> {
                format.allowOnly(Set.of("type", "name", "description", "schema", "strict"));
                yield Optional.of(namedSchema(format));
            }
            case "json_object" -> {
                format.allowOnly(Set.of("type"));
                yield Optional.of(new Structure(Kind.JSON_SCHEMA, ANY_OBJECT, field.path()));
            }
            default -> {
                format.allowOnly(Set.of("type"));
                yield Optional.empty();
            }
        };
    }

    /** JSON that obeys this schema. */
    public static Structure ofSchema(Field schema) {
        return new Structure(Kind.JSON_SCHEMA, SchemaRules.enforced(schema).toString(), schema.path());
    }

    private static Structure otherFormat(Field field, Field type) {
        if (!TagRules.FORMATS.contains(type.asText())) {
            type.asOneOf(List.of("text", "json_object", "json_schema", "structural_tag"));
        }
        return new Structure(Kind.STRUCTURAL_TAG, TagRules.ofFormat(field), field.path());
    }

    /** Strict or not, the schema is obeyed. */
    private static Structure jsonSchema(Fields format) {
        format.allowOnly(Set.of("type", "json_schema"));
        Fields named = format.required("json_schema").asObject();
        named.allowOnly(Set.of("name", "description", "schema", "strict"));
        return namedSchema(named);
    }

    private static Structure namedSchema(Fields named) {
        Field name = named.required("name");
        if (!name.asText().matches("[a-zA-Z0-9_-]{1,64}")) {
            throw name.invalid("must be 1 to 64 letters, digits, underscores and dashes");
        }
        named.optional("description").ifPresent(Field::asText);
        named.optional("strict").ifPresent(Field::asBoolean);
        Optional<Field> schema = named.optional("schema");
        return new Structure(
                Kind.JSON_SCHEMA,
                schema.map(given -> SchemaRules.enforced(given).toString()).orElse(ANY_OBJECT),
                schema.map(Field::path).orElse(named.path()));
    }

    private static Structure structuredOutputs(Field field) {
        Fields outputs = field.asObject();
        for (String name : outputs.names()) {
            if (HARMLESS.contains(name)) {
                if (outputs.optional(name).map(Field::asBoolean).orElse(false)) {
                    throw outputs.unsupported(name, "only as false");
                }
            } else if (name.equals("whitespace_pattern")) {
                outputs.optional(name).ifPresent(given -> {
                    throw outputs.unsupported(name, "only as null");
                });
            } else if (!KINDS.contains(name)) {
                throw outputs.unknown(name);
            }
        }
        List<Field> given = KINDS.stream()
                .sorted()
                .flatMap(name -> outputs.optional(name).stream())
                .collect(Collectors.toList());
        if (given.size() != 1) {
            throw field.invalid("must hold exactly one of json, regex, grammar, choice, structural_tag, json_object");
        }
        return structure(given.get(0));
    }

    private static Structure structure(Field field) {
        String name = field.path().substring(field.path().lastIndexOf('.') + 1);
        return switch (name) {
            case "json" ->
                new Structure(
                        Kind.JSON_SCHEMA, SchemaRules.enforced(parsed(field)).toString(), field.path());
            case "json_object" -> {
                if (!field.asBoolean()) {
                    throw field.invalid("must be true or left out");
                }
                yield new Structure(Kind.JSON_SCHEMA, ANY_OBJECT, field.path());
            }
            case "regex" -> {
                Bounds.checkPattern(field, field.asNonEmptyText());
                yield new Structure(Kind.REGEX, field.asText(), field.path());
            }
            case "grammar" -> {
                Bounds.checkGrammar(field, field.asNonEmptyText());
                yield new Structure(Kind.GRAMMAR, field.asText(), field.path());
            }
            case "choice" -> new Structure(Kind.GRAMMAR, oneOf(field), field.path());
            default -> new Structure(Kind.STRUCTURAL_TAG, TagRules.read(parsed(field)), field.path());
        };
    }

    /** An object, or the text of one. */
    private static Field parsed(Field field) {
        if (!field.isString()) {
            return field;
        }
        Bounds.checkBytes(field, field.asText());
        try {
            return new Field(field.path(), JsonText.parseObject(field.asText().getBytes(StandardCharsets.UTF_8)));
        } catch (ApiException e) {
            throw ApiException.at(
                    field.path(),
                    ErrorCode.INVALID_VALUE,
                    field.path() + " is not a JSON object: " + e.getMessage().replace("The request body", "the text"));
        }
    }

    /** A grammar of these texts. */
    private static String oneOf(Field field) {
        List<Field> texts = field.asArray().fields();
        if (texts.isEmpty()) {
            throw field.invalid("must hold at least one text");
        }
        String grammar = texts.stream()
                .map(text -> '"' + escaped(text.asNonEmptyText()) + '"')
                .collect(Collectors.joining(" | ", "root ::= ", ""));
        Bounds.checkBytes(field, grammar);
        return grammar;
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                escaped.append('\\').appendCodePoint(c);
            } else if (c < ' ' || c == 0x7f) {
                escaped.append("\\x%02x".formatted(c));
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }
}
