package io.grevy.openai.responses;

import jakarta.json.JsonObject;
import java.io.IOException;

/** An item of a response's output while it grows. Used by one thread. */
interface OutputItem {

    /** As it is when it begins, without what it holds. */
    JsonObject beginning();

    /** Tells of what comes after {@link #beginning}. */
    void begin(ResponseEvents events) throws IOException;

    /** Tells all that it came to. */
    void end(ResponseEvents events) throws IOException;

    /** As far as it came. @param status in_progress, completed or incomplete */
    JsonObject json(String status);
}
