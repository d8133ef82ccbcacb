package io.grevy.openai.chat;

/**
 * How an answer is sent.
 *
 * @param stream as a stream of events
 * @param includeUsage whether the stream ends with the usage
 * @param logProbs whether it tells its tokens
 */
public record AnswerForm(boolean stream, boolean includeUsage, boolean logProbs) {}
