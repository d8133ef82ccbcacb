package io.grevy.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grevy.repository.ModelDefinition;
import io.grevy.repository.ModelRepository;
import io.grevy.repository.PipelineType;
import io.grevy.repository.ServingOptions;
import io.grevy.repository.Speculation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All of an export but OpenVINO's tool, in whose place a {@link StandInTool} is installed. */
@Timeout(120)
class ExporterTest {
    @TempDir
    static Path tools = Path.of("");

    private static Recipe recipe = new Recipe("", List.of(), 0);

    @TempDir
    Path folder = Path.of("");

    private final List<String> log = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void install() throws IOException {
        recipe = new StandInTool(tools).recipe();
    }

    @Test
    void leavesAFolderThatIsServedAndItsNameInConfigJson() throws Exception {
        StandInTool.source(folder.resolve("in"), "model(out)");

        Path made = exporter("model_name", "org/name", "pipeline_type", "LM", "max_num_seqs", "7")
                .run();

        assertThat(made).isEqualTo(folder.resolve("models/org/name"));
        ModelDefinition served = served("org/name");
        assertThat(served.folder()).isEqualTo(made);
        assertThat(served.pipeline()).isEqualTo(PipelineType.LM);
        assertThat(served.execution().maxNumSeqs()).isEqualTo(7);
        assertThat(folder.resolve("models/config.json"))
                .content()
                .contains("\"org/name\"")
                .doesNotContain(folder.toString());
        assertThat(made.resolve("graph.pbtxt")).content().contains("models_path: \"./\"");
        assertThat(folder.resolve("models/org")).isDirectoryNotContaining("glob:**/.*");
        assertThat(log)
                .contains("| converting with export openvino --model " + folder.resolve("in")
                        + " --task text-generation-with-past --weight-format int8")
                .endsWith("exported to " + made, "named 'org/name' in " + folder.resolve("models/config.json"));
    }

    @Test
    void givesTheToolsTheUsersVariablesAndTurnsTheirReportsHomeOff() throws Exception {
        StandInTool.source(folder.resolve("in"), """
                print([os.environ.get(n) for n in ("HF_TOKEN", "DO_NOT_TRACK", "HF_HUB_DISABLE_TELEMETRY", "PYTHONPATH")])
                print(os.environ["TMPDIR"])
                model(out)
                """);

        exporter("model_name", "name").run();

        assertThat(log).contains("| ['secret', '1', '1', None]", "| " + folder.resolve("models/.name.exporting/tmp"));
    }

    @Test
    void hasTheTokenizerConvertedWhereTheToolDidNot() throws Exception {
        StandInTool.source(folder.resolve("in"), "model(out, 'openvino_tokenizer.xml', 'openvino_detokenizer.xml')");

        Path made = exporter("model_name", "name").run();

        assertThat(made.resolve("openvino_detokenizer.xml")).exists();
    }

    @Test
    void leavesNothingWhereTheToolFailsAndShowsItsLastLines() throws IOException {
        StandInTool.source(folder.resolve("in"), "(out).mkdir(); print('half done'); sys.exit('no such layer')");

        assertThatThrownBy(() -> exporter("model_name", "name").run())
                .isInstanceOfSatisfying(
                        ExportException.class, e -> assertThat(e.kind()).isEqualTo(ExportException.Kind.FAILED))
                .hasMessageMatching("(?s)optimum-cli failed with code 1; its last lines:\n    converting with .*"
                        + "\n    half done\n    no such layer");
        assertThat(folder.resolve("models")).isEmptyDirectory();
    }

    @Test
    void leavesNothingThatCouldNotBeServed() throws IOException {
        StandInTool.source(folder.resolve("in"), "model(out, 'openvino_model.bin')");

        assertThatThrownBy(() -> exporter("model_name", "name").run())
                .hasMessageMatching(
                        "what was exported cannot be served: .*: the text model there is not whole; missing:"
                                + " openvino_model.bin");
        assertThat(folder.resolve("models")).isEmptyDirectory();
    }

    @Test
    void saysWhatToDoWhereTheModelBringsCode() throws IOException {
        StandInTool.source(folder.resolve("in"), "sys.exit('Please pass the argument `trust_remote_code=True`.')");

        assertThatThrownBy(() -> exporter("model_name", "name").run())
                .hasMessageEndingWith("`trust_remote_code=True`.\n"
                        + "  The model brings code of its own. Read it, and allow it with --trust_remote_code.");
    }

    @Test
    void replacesAFolderOnlyWhereItIsAskedToAndWhenTheNewOneIsWhole() throws Exception {
        Path there = Files.createDirectories(folder.resolve("models/name"));
        Files.writeString(there.resolve("old"), "");
        StandInTool.source(folder.resolve("in"), "model(out); sys.exit(1)");

        assertThatThrownBy(() -> exporter("model_name", "name").run())
                .isInstanceOfSatisfying(
                        ExportException.class, e -> assertThat(e.kind()).isEqualTo(ExportException.Kind.REFUSED))
                .hasMessage(there + " is there already; --overwrite_models replaces it");
        assertThatThrownBy(() -> exporter("model_name", "name", "overwrite_models", "true")
                        .run())
                .hasMessageStartingWith("optimum-cli failed with code 1");
        assertThat(there).isDirectoryContaining("glob:**/old");

        StandInTool.source(folder.resolve("in"), "model(out)");
        exporter("model_name", "name", "overwrite_models", "true").run();

        assertThat(there).isDirectoryNotContaining("glob:**/old");
        assertThat(served("name").folder()).isEqualTo(there);
    }

    @Test
    void endsTheToolWhenItIsCancelledAndLeavesNothing() throws Exception {
        StandInTool.source(folder.resolve("in"), "model(out); print('pid', os.getpid(), flush=True); time.sleep(600)");
        CountDownLatch converting = new CountDownLatch(1);
        Exporter exporter = exporter(
                line -> {
                    log.add(line);
                    if (line.startsWith("| pid ")) {
                        converting.countDown();
                    }
                },
                "model_name",
                "name");
        CompletableFuture<Path> result = start(exporter);
        converting.await();
        long pid = Long.parseLong(log.get(log.size() - 1).substring("| pid ".length()));
        assertThat(ProcessHandle.of(pid))
                .hasValueSatisfying(tool -> assertThat(tool.isAlive()).isTrue());

        exporter.cancel();

        assertThatThrownBy(result::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        ExportException.class, e -> assertThat(e.kind()).isEqualTo(ExportException.Kind.CANCELLED));
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(folder.resolve("models")).isEmptyDirectory();
    }

    @Test
    void refusesASecondExportToTheSamePlace() throws Exception {
        StandInTool.source(folder.resolve("in"), "model(out); print('ready', flush=True); time.sleep(600)");
        CountDownLatch converting = new CountDownLatch(1);
        Exporter first = exporter(
                line -> {
                    if (line.equals("| ready")) {
                        converting.countDown();
                    }
                },
                "model_name",
                "name");
        CompletableFuture<Path> result = start(first);
        converting.await();

        assertThatThrownBy(() -> exporter("model_name", "name").run())
                .isInstanceOfSatisfying(
                        ExportException.class, e -> assertThat(e.kind()).isEqualTo(ExportException.Kind.REFUSED))
                .hasMessage("another export to " + folder.resolve("models/name") + " is under way");
        first.cancel();
        assertThatThrownBy(result::get).cause().isInstanceOf(ExportException.class);
    }

    @Test
    void servesAConvertedFolderFromWhereItIs() throws Exception {
        Path converted = converted(folder.resolve("in"));

        Path made = exporter("model_name", "name", "weight-format", "int4").run();

        assertThat(made).isDirectoryContaining("glob:**/graph.pbtxt").isDirectoryNotContaining("glob:**/*.xml");
        assertThat(served("name").folder()).isEqualTo(converted);
        assertThat(log)
                .contains(
                        "weight-format and extra_quantization_params have no effect: the source model is in OpenVINO's"
                                + " format already");
    }

    @Test
    void convertsADraftModelIntoTheFolderOfTheOther() throws Exception {
        StandInTool.source(folder.resolve("in"), "model(out)");
        StandInTool.source(folder.resolve("small"), "model(out)");

        Path made = exporter("model_name", "name", "draft_source_model", "small", "extra_quantization_params", "--sym")
                .run();

        assertThat(made.resolve("small/openvino_model.xml")).exists();
        assertThat(served("name").execution().speculation())
                .isEqualTo(new Speculation.DraftModel(
                        made.resolve("small"), Optional.of("CPU"), OptionalInt.empty(), OptionalInt.empty()));
        assertThat(log)
                .contains("| converting with export openvino --model " + folder.resolve("small")
                        + " --task text-generation-with-past --weight-format int8");
    }

    @Test
    void bringsADraftModelToAFolderThatIsInItsPlaceAlready() throws Exception {
        Path converted = converted(folder.resolve("models/name"));
        StandInTool.source(folder.resolve("small"), "model(out)");

        exporter("source_model", converted.toString(), "model_name", "name", "draft_source_model", "small")
                .run();

        assertThat(converted.resolve("small/openvino_model.xml")).exists();
        assertThat(served("name").execution().speculation()).isInstanceOf(Speculation.DraftModel.class);
        assertThat(folder.resolve("models")).isDirectoryNotContaining("glob:**/*.exporting");
    }

    @Test
    void givesAFolderThatIsInItsPlaceAlreadyAGraph() throws Exception {
        Path converted = converted(folder.resolve("models/org/name"));

        ExportOptions options = options("source_model", converted.toString(), "model_name", "org/name");
        exporter(options, log::add).run();

        assertThat(converted.resolve("graph.pbtxt")).content().contains("models_path: \"./\"");
        assertThat(converted.resolve("openvino_model.xml")).exists();
        assertThat(served("org/name").folder()).isEqualTo(converted);
        assertThatThrownBy(() -> exporter(options, log::add).run())
                .hasMessage(converted.resolve("graph.pbtxt") + " is there already; --overwrite_models replaces it");
    }

    @Test
    void namesAConfigJsonThatCannotBeReadBeforeItBegins() throws IOException {
        StandInTool.source(folder.resolve("in"), "model(out)");
        Path config = Files.createDirectories(folder.resolve("models")).resolve("config.json");
        Files.writeString(config, "{]");

        assertThatThrownBy(() -> exporter("model_name", "name").run())
                .isInstanceOfSatisfying(
                        ExportException.class, e -> assertThat(e.kind()).isEqualTo(ExportException.Kind.REFUSED))
                .hasMessageStartingWith(config + ":1:2: not valid JSON");
        assertThat(log).isEmpty();
    }

    private ModelDefinition served(String name) {
        return ModelRepository.fromConfig(folder.resolve("models/config.json"), ServingOptions.none()).found().stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Path converted(Path place) throws IOException {
        Files.createDirectories(place);
        Files.writeString(place.resolve("config.json"), "{\"model_type\": \"llama\"}");
        for (String file : List.of(
                "openvino_model.xml", "openvino_model.bin", "openvino_tokenizer.xml", "openvino_detokenizer.xml")) {
            Files.createFile(place.resolve(file));
        }
        return place;
    }

    private static CompletableFuture<Path> start(Exporter exporter) {
        CompletableFuture<Path> result = new CompletableFuture<>();
        new Thread(() -> {
                    try {
                        result.complete(exporter.run());
                    } catch (InterruptedException | RuntimeException e) {
                        result.completeExceptionally(e);
                    }
                })
                .start();
        return result;
    }

    private Exporter exporter(String... settings) {
        return exporter(log::add, settings);
    }

    private Exporter exporter(Consumer<String> listener, String... settings) {
        return exporter(options(settings), listener);
    }

    private static Exporter exporter(ExportOptions options, Consumer<String> listener) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("GREVY_EXPORT_HOME", tools.resolve("home").toString());
        environment.put("HF_TOKEN", "secret");
        environment.put("PYTHONPATH", "/nowhere");
        return new Exporter(options, environment, recipe, listener);
    }

    /** From the folder {@code in} to the folder {@code models}, unless the settings say otherwise. */
    private ExportOptions options(String... settings) {
        Map<String, String> all = new HashMap<>(Map.of("source_model", "in", "config_file_path", "models/config.json"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return ExportOptions.read(name -> Optional.ofNullable(all.get(name)), folder);
    }
}
