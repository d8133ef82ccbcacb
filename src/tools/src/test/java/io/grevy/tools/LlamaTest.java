package io.grevy.tools;

import static io.grevy.tools.Reading.call;
import static io.grevy.tools.Reading.content;

import org.junit.jupiter.api.Test;

class LlamaTest {
    private final Reading llama = Reading.of(ToolFormat.LLAMA3);

    @Test
    void readsABareCall() {
        llama.gives(
                "{\"name\": \"get_weather\", \"parameters\": {\"city\": \"Oslo\"}}<|eot_id|>",
                call("get_weather", "{\"city\": \"Oslo\"}"));
        llama.gives(
                "\n{\"type\": \"function\", \"name\": \"f\", \"arguments\": {\"a\": \"{\\\"}\"}}",
                call("f", "{\"a\": \"{\\\"}\"}"));
    }

    @Test
    void readsCallsBehindTheTag() {
        llama.gives(
                "I'll look.<|python_tag|>{\"name\": \"f\", \"parameters\": {}}; {\"name\": \"g\", \"parameters\": {\"é\": \"🦆\"}}<|eom_id|>",
                content("I'll look."),
                call("f", "{}"),
                call("g", "{\"é\": \"🦆\"}"));
    }

    @Test
    void readsSeveralBareCalls() {
        llama.gives(
                "{\"name\": \"f\", \"parameters\": {}};\n{\"name\": \"g\", \"parameters\": {}};",
                call("f", "{}"),
                call("g", "{}"));
        llama.gives("{\"name\": \"f\", \"parameters\": {}}; and more", call("f", "{}"), content("; and more"));
    }

    @Test
    void leavesOtherJsonAsContent() {
        for (String text : new String[] {
            "{\"city\": \"Oslo\", \"name\": \"f\"}",
            "{\"name\": \"Bob\", \"age\": 5}",
            "{\"name\": \"Bob\"}",
            "{\"name\": \"Bob Miller\", \"parameters\": {}}",
            "Look: {\"name\": \"f\", \"parameters\": {}}",
            "{}",
            "{",
            "<|python_tag|>print(1)",
        }) {
            llama.gives(text, content(text));
        }
    }

    @Test
    void keepsTheArgumentsOfATextCutShort() {
        llama.gives("{\"name\": \"f\", \"parameters\": {\"a\": [1, ", call("f", "{\"a\": [1, "));
    }
}
