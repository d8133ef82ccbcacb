package io.grevy.tools;

/**
 * Reads calls from behind an opening marker. {@link Progress#FAILED} gives back what was read since the marker or since
 * the last call: it is content after all. Once a call has started it cannot fail any more: what the model wrote in place
 * of arguments becomes the call's arguments.
 */
interface CallReader {
    /** @return {@code MORE}, {@code DONE} or {@code FAILED} */
    Progress accept(char c);

    /**
     * The text has ended; a call which has begun is to be finished.
     *
     * @return false where what was read since the marker is content
     */
    boolean end();
}
