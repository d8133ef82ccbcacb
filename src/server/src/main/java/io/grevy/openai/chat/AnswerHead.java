package io.grevy.openai.chat;

/**
 * What an answer, or each chunk of it, begins with.
 *
 * @param created seconds since 1970
 */
public record AnswerHead(String id, long created, String model, String systemFingerprint) {}
