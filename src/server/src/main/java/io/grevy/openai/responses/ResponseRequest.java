package io.grevy.openai.responses;

import io.grevy.openai.chat.ChatRequest;
import jakarta.json.JsonObject;

/**
 * A request that was read and checked.
 *
 * @param echo what the answer repeats of it
 */
record ResponseRequest(ChatRequest chat, JsonObject echo) {}
