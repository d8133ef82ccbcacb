package io.grevy.openai.chat;

import io.grevy.openai.json.Fields;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The members of a request that OpenAI, vLLM or OpenVINO Model Server know and that this server doesn't act on. Where a
 * value asks for what happens anyhow it is accepted; every other is refused by name, never silently ignored.
 */
public final class OtherFields {

    /** @param words which values are accepted, for the message about others */
    private record Harmless(Predicate<JsonValue> accepts, String words) {}

    private static final Harmless STRING = new Harmless(JsonString.class::isInstance, "only as a string");
    private static final Harmless FALSE = new Harmless(JsonValue.FALSE::equals, "only as false");
    private static final Harmless TRUE = new Harmless(JsonValue.TRUE::equals, "only as true");
    private static final Harmless OBJECT = new Harmless(JsonObject.class::isInstance, "only as an object");
    private static final Harmless EMPTY_OBJECT =
            new Harmless(value -> value instanceof JsonObject object && object.isEmpty(), "only as {}");
    private static final Harmless EMPTY_ARRAY =
            new Harmless(value -> value instanceof JsonArray array && array.isEmpty(), "only as []");
    private static final Harmless ZERO = number(0, "");
    private static final Harmless NO_TOOL = words("none", "auto");

    private static final Map<String, Harmless> HARMLESS = Map.ofEntries(
            Map.entry("user", STRING),
            Map.entry("safety_identifier", STRING),
            Map.entry("prompt_cache_key", STRING),
            Map.entry("prompt_cache_retention", STRING),
            Map.entry("request_id", STRING),
            Map.entry("metadata", OBJECT),
            Map.entry("store", FALSE),
            Map.entry("service_tier", words("auto", "default")),
            Map.entry("verbosity", words("medium")),
            Map.entry("functions", new Harmless(EMPTY_ARRAY.accepts(), "")),
            Map.entry("function_call", new Harmless(NO_TOOL.accepts(), "")),
            Map.entry("top_logprobs", number(0, ": the engine tells the chosen token's probability alone")),
            Map.entry("logit_bias", EMPTY_OBJECT),
            Map.entry("modalities", new Harmless(OtherFields::isTextOnly, "only as ['text']")),
            Map.entry("priority", ZERO),
            Map.entry("bad_words", EMPTY_ARRAY),
            Map.entry("documents", EMPTY_ARRAY),
            Map.entry("spaces_between_special_tokens", TRUE),
            Map.entry("add_special_tokens", FALSE),
            Map.entry("echo", FALSE),
            Map.entry("return_token_ids", FALSE),
            Map.entry("return_tokens_as_token_ids", FALSE),
            Map.entry("mm_processor_kwargs", EMPTY_OBJECT),
            Map.entry("media_io_kwargs", EMPTY_OBJECT));

    private static final Set<String> REFUSED = Set.of(
            "allowed_token_ids",
            "audio",
            "cache_salt",
            "chat_template",
            "chunk_frames",
            "guided_decoding_backend",
            "guided_whitespace_pattern",
            "kv_transfer_params",
            "logits_processors",
            "moderation",
            "prediction",
            "prompt_logprobs",
            "thinking_token_budget",
            "truncate_prompt_tokens",
            "vllm_xargs",
            "web_search_options");

    /** Older names of vLLM's, and what took their place. */
    private static final Map<String, String> RENAMED = Map.of(
            "guided_json", "structured_outputs.json",
            "guided_regex", "structured_outputs.regex",
            "guided_grammar", "structured_outputs.grammar",
            "guided_choice", "structured_outputs.choice",
            "structural_tag", "structured_outputs.structural_tag");

    private OtherFields() {}

    /** All of them. */
    static Set<String> names() {
        Set<String> names = new TreeSet<>(HARMLESS.keySet());
        names.addAll(REFUSED);
        names.addAll(RENAMED.keySet());
        return names;
    }

    /** Checks every member of the request whose name isn't among the honoured ones. */
    static void check(Fields request, Set<String> honoured) {
        for (String name : request.names()) {
            if (!honoured.contains(name)) {
                checkOther(request, name);
            }
        }
    }

    /** The same where only these of the others are known. */
    public static void check(Fields request, Set<String> honoured, Set<String> known) {
        for (String name : request.names()) {
            if (!honoured.contains(name) && !known.contains(name)) {
                throw request.unknown(name);
            }
        }
        check(request, honoured);
    }

    private static void checkOther(Fields request, String name) {
        if (RENAMED.containsKey(name)) {
            request.optional(name).ifPresent(field -> {
                throw request.unsupported(name, "only under its newer name, " + RENAMED.get(name));
            });
            return;
        }
        Harmless harmless = HARMLESS.get(name);
        if (harmless == null && !REFUSED.contains(name)) {
            throw request.unknown(name);
        }
        request.optional(name).ifPresent(field -> {
            if (harmless == null || !harmless.accepts().test(field.value())) {
                throw request.unsupported(name, harmless == null ? "" : harmless.words());
            }
        });
    }

    private static Harmless number(int only, String reason) {
        return new Harmless(
                value -> value instanceof JsonNumber number && number.doubleValue() == only,
                "only as " + only + reason);
    }

    private static Harmless words(String... allowed) {
        Set<String> words = Set.of(allowed);
        return new Harmless(
                value -> value instanceof JsonString string && words.contains(string.getString()),
                "only as '" + String.join("' or '", allowed) + "'");
    }

    private static boolean isTextOnly(JsonValue value) {
        return value instanceof JsonArray array && array.size() == 1 && isText(array.get(0));
    }

    private static boolean isText(@Nullable JsonValue value) {
        return value instanceof JsonString string && string.getString().equals("text");
    }
}
