package io.grevy.openvino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The libraries are those that the binding was built for, or they are refused with words that say why. */
class NativesTest {
    private static final Path CLASSES = Path.of("target/classes").toAbsolutePath();
    private static final String PACKAGE = "io/grevy/openvino";
    private static final String PLATFORM = Loader.getPlatform();

    @TempDir
    Path temporary;

    @Test
    void loadsAnyNumberOfTimes() {
        OpenVino.Versions versions = OpenVino.load();
        assertThat(OpenVino.load()).isSameAs(versions);
        assertThat(versions.openvino()).startsWith(Natives.expected().openvino() + "-");
        assertThat(versions.genai()).startsWith(Natives.expected().genai() + "-");
    }

    @Test
    void refusesAnotherVersion() {
        OpenVino.Versions expected = new OpenVino.Versions("2026.4.1", "2026.4.1.0");
        Natives.requireSame(expected, new OpenVino.Versions("2026.4.1-22982-x", "2026.4.1.0-3408-y"));
        for (OpenVino.Versions found : List.of(
                new OpenVino.Versions("2026.4.10-1", "2026.4.1.0-1"),
                new OpenVino.Versions("2026.4.1-1", "2026.5.0.0-1"))) {
            assertThatThrownBy(() -> Natives.requireSame(expected, found))
                    .isInstanceOf(NativeLibraryException.class)
                    .hasMessageContainingAll("2026.4.1 ", "2026.4.1.0", found.openvino(), found.genai());
        }
    }

    @Test
    void refusesAnotherLayout() {
        OpenVino.Versions found = OpenVino.load();
        String description = Bytes.text(GenAi::describeSampleScheduler);
        Layouts.requireScheduler(description, found);
        assertThatThrownBy(() -> Layouts.requireScheduler(
                        description.replace("max_num_seqs: 1006", "max_num_seqs: 4294968302"), found))
                .isInstanceOf(NativeLibraryException.class)
                .hasMessageContainingAll("SchedulerConfig", "max_num_seqs: 1006", "2026.4.1", found.genai());
        assertThatThrownBy(() -> Layouts.requireNone(
                        out -> GenAi.genaiVersion(Utf8.encode(GenAi.LIBRARY_FILE), GenAi.LIBRARY_FILE.length(), out),
                        found))
                .isInstanceOf(NativeLibraryException.class)
                .hasMessageContaining("differs in 2026");
    }

    @Test
    void refusesALibraryOfAnotherSoname() throws Exception {
        Path classes = copyOfClasses();
        Path library = classes.resolve(PACKAGE).resolve(PLATFORM).resolve(GenAi.LIBRARY_FILE);
        String content = Files.readString(library, StandardCharsets.ISO_8859_1);
        Files.delete(library);
        Files.writeString(
                library.resolveSibling("libopenvino_genai.so.2640"),
                content.replace("libopenvino_genai.so.2641", "libopenvino_genai.so.2640"),
                StandardCharsets.ISO_8859_1);
        assertThat(loadInAnotherProcess(classes)).contains("NativeLibraryException", "2026.4.1", "2641");
    }

    @Test
    void refusesTheRightNameWithAnotherVersionInside() throws Exception {
        Path classes = copyOfClasses();
        Path library = classes.resolve(PACKAGE).resolve(PLATFORM).resolve(GenAi.LIBRARY_FILE);
        String content = Files.readString(library, StandardCharsets.ISO_8859_1);
        Files.delete(library);
        Files.writeString(library, content.replace("2026.4.1.0-3408", "2026.4.0.0-3408"), StandardCharsets.ISO_8859_1);
        assertThat(loadInAnotherProcess(classes))
                .contains(
                        "NativeLibraryException", "expected OpenVINO 2026.4.1 and GenAI 2026.4.1.0", "2026.4.0.0-3408");
    }

    @Test
    void refusesToRunWithoutTheTokenizersLibrary() throws Exception {
        Path classes = copyOfClasses();
        Files.delete(classes.resolve(PACKAGE).resolve(PLATFORM).resolve("libopenvino_tokenizers.so"));
        assertThat(loadInAnotherProcess(classes)).contains("NativeLibraryException", "libopenvino_tokenizers.so");
    }

    @Test
    void theBindingNamesNoFolderOfThisMachineAndExportsOnlyItsOwn() throws Exception {
        String library = CLASSES.resolve(PACKAGE)
                .resolve(PLATFORM)
                .resolve("libjnigrevy.so")
                .toString();
        String dynamic = run(List.of("readelf", "--dynamic", "--wide", library));
        assertThat(dynamic.lines().filter(line -> line.contains("RPATH") || line.contains("RUNPATH")))
                .allMatch(line -> line.contains("[$ORIGIN/]"));
        assertThat(dynamic).contains("NOW").contains("[libopenvino_genai.so.2641]");
        String symbols = run(List.of("nm", "--dynamic", "--defined-only", library));
        assertThat(symbols.lines().map(line -> line.substring(line.lastIndexOf(' ') + 1)))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("Java_") || name.startsWith("JNI_") || name.startsWith("JavaCPP_"));
    }

    /** Links to everything, so that a test can put something else in one's place. */
    private Path copyOfClasses() throws IOException {
        Path copy = temporary.resolve("classes");
        try (Stream<Path> files = Files.walk(CLASSES)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = copy.resolve(CLASSES.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (file.toString().contains(".so")) {
                    Files.createLink(target, file);
                } else {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return copy;
    }

    private String loadInAnotherProcess(Path classes) throws IOException {
        String path = System.getProperty("java.class.path").replace(CLASSES.toString(), classes.toString());
        return run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dorg.bytedeco.javacpp.cachedir=" + temporary.resolve("cache"),
                "-cp",
                path,
                "io.grevy.openvino.LoadMain"));
    }

    private static String run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(new ArrayList<>(command))
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
