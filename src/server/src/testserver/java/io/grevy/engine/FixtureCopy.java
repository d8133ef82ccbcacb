package io.grevy.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.stream.Stream;

/** A fixture with a chat template of its own. */
public final class FixtureCopy {

    /** In the form of Hermes and Qwen: tools, calls, and what they gave. */
    public static final String TAKING_TOOLS = "{%- if tools %}{{- '<|im_start|>system\n# Tools\n' }}"
            + "{%- for tool in tools %}{{- (tool | tojson) + '\n' }}{%- endfor %}"
            + "{{- 'Write a call as <tool_call>\n{\"name\": NAME, \"arguments\": OBJECT}\n</tool_call><|im_end|>\n' }}"
            + "{%- endif %}"
            + "{%- for message in messages %}{{- '<|im_start|>' + message.role + '\n' }}"
            + "{%- if message.name %}{{- message.name + ' gave ' }}{%- endif %}"
            + "{%- if message.reasoning_content %}{{- '(' + message.reasoning_content + ')' }}{%- endif %}"
            + "{{- message.content }}"
            + "{%- for call in message.tool_calls or [] %}{{- '\n<tool_call>\n{\"name\": \"' + call.function.name"
            + " + '\", \"arguments\": ' + (call.function.arguments | tojson) + '}\n</tool_call>' }}{%- endfor %}"
            + "{{- '<|im_end|>\n' }}{%- endfor %}"
            + "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\n' }}{%- endif %}";

    private FixtureCopy() {}

    /** The engine takes the template from the tokenizer's model. */
    public static void of(String fixture, String template, Path folder) throws IOException {
        Path original = Path.of(System.getProperty("repository.root"), "models/fixtures", fixture);
        try (Stream<Path> files = Files.list(original)) {
            for (Path file : files.toList()) {
                copy(file, template, folder.resolve(file.getFileName()));
            }
        }
    }

    private static void copy(Path file, String template, Path copy) throws IOException {
        if (!file.endsWith("openvino_tokenizer.xml")) {
            Files.copy(file, copy);
            return;
        }
        String escaped = template.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;")
                .replace("\n", "&#10;");
        String model = Files.readString(file);
        String changed = model.replaceFirst(
                "<chat_template value=\"[^\"]*\"",
                Matcher.quoteReplacement("<chat_template value=\"" + escaped + "\""));
        if (changed.equals(model)) {
            throw new IllegalStateException(file + " has no chat template");
        }
        Files.writeString(copy, changed);
    }
}
