package io.grevy.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A Python package of one module, as pip installs it without asking any index.
 *
 * @param scripts the programs that it brings, each with the module's function that it calls
 */
record Wheel(String name, String module, Map<String, String> scripts) {

    /** Writes the file, and gives the line of a requirements file that asks for it. */
    String requirement(Path folder) throws IOException {
        Path file = folder.resolve(name + "-1.0-py3-none-any.whl");
        Map<String, String> entries = entries();
        String record = entries.keySet().stream().map(entry -> entry + ",,\n").collect(Collectors.joining());
        entries.put(about("RECORD"), record + about("RECORD") + ",,\n");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(UTF_8));
                zip.closeEntry();
            }
        }
        return name + " @ " + file.toUri() + "\n";
    }

    private Map<String, String> entries() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put(name + ".py", module);
        entries.put(about("METADATA"), "Metadata-Version: 2.1\nName: " + name + "\nVersion: 1.0\n");
        entries.put(about("WHEEL"), "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
        entries.put(
                about("entry_points.txt"),
                scripts.entrySet().stream()
                        .map(script -> script.getKey() + " = " + name + ":" + script.getValue() + "\n")
                        .collect(Collectors.joining("", "[console_scripts]\n", "")));
        return entries;
    }

    private String about(String file) {
        return name + "-1.0.dist-info/" + file;
    }
}
