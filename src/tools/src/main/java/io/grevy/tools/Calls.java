package io.grevy.tools;

/** What a reader of calls tells: from {@code started} on, the text belongs to the call. */
interface Calls {
    void started(String name);

    void arguments(CharSequence json);

    /** Text within a call that is none of it; it follows the call as content. */
    void stray(CharSequence text);

    /** The call ends with the character which is being read. */
    void finished();

    /** The call ended before the character which is being read. */
    void finishedBefore();
}
