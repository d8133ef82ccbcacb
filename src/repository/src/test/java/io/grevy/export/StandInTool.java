package io.grevy.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A package with the programs of the real one that do as a file beside the source weights says: tests of what goes
 * wrong need a tool that does. A source is a folder with a config.json and that file.
 */
record StandInTool(Path folder) {
    private static final String MODULE = """
            import os, pathlib, shutil, sys, time

            def main():
                source = pathlib.Path(sys.argv[sys.argv.index("--model") + 1])
                out = pathlib.Path(sys.argv[-1])
                print("converting with", *sys.argv[1:-1], flush=True)
                exec((source / "behaviour.py").read_text(), {**globals(), "source": source, "out": out})

            def tokenizer():
                out = pathlib.Path(sys.argv[sys.argv.index("-o") + 1])
                for name in ("openvino_tokenizer.xml", "openvino_detokenizer.xml"):
                    (out / name).touch()

            def model(out, *leave_out):
                out.mkdir()
                (out / "config.json").write_text('{"model_type": "llama"}')
                for name in ("openvino_model.xml", "openvino_model.bin", "openvino_tokenizer.xml", "openvino_detokenizer.xml"):
                    if name not in leave_out:
                        (out / name).touch()
            """;

    Recipe recipe() throws IOException {
        Wheel wheel = new Wheel("standin", MODULE, Map.of("optimum-cli", "main", "convert_tokenizer", "tokenizer"));
        return new Recipe(wheel.requirement(folder), List.of(), 1_000_000);
    }

    /** A source that is converted as Python code says; {@code model(out)} makes a whole one. */
    static Path source(Path folder, String behaviour) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"llama\"}");
        Files.writeString(folder.resolve("behaviour.py"), behaviour);
        return folder;
    }
}
