package io.grevy.export;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the weights are to be stored.
 *
 * @param weightFormat a format that the tool knows, such as {@code int8}
 * @param more further arguments of the tool
 */
record Quantization(String weightFormat, List<String> more) {
    private static final List<String> FORMATS = List.of("fp32", "fp16", "int8", "int4", "mxfp4", "nf4", "cb4");
    private static final List<String> FORMATS_FOR_NPU = List.of("int4", "nf4");
    private static final List<String> MORE_FOR_NPU = List.of("--sym", "--ratio", "1.0", "--group-size", "-1");
    private static final String EXTRA = "extra_quantization_params";

    private static final Map<String, String> REFUSED = Map.of(
            "--model", "give --source_model",
            "-m", "give --source_model",
            "--weight-format", "give --weight-format",
            "--output", "give --model_name and --model_repository_path",
            "--trust-remote-code", "give --trust_remote_code",
            "--dataset", "quantization by a data set is not in this version",
            "--quant-mode", "quantized activations are not in this version");

    Quantization {
        more = List.copyOf(more);
    }

    /**
     * Reads {@code weight-format} and {@code extra_quantization_params}.
     *
     * @param npu whether it is for an NPU, which takes symmetric 4 bits only
     */
    static Quantization read(Optional<String> format, Optional<String> extra, boolean npu) {
        String weightFormat = format.orElse(npu ? "int4" : "int8");
        List<String> allowed = npu ? FORMATS_FOR_NPU : FORMATS;
        if (!allowed.contains(weightFormat)) {
            throw ExportException.refused("weight-format '" + weightFormat + "': allowed are "
                    + String.join(", ", allowed) + (npu ? " on NPU" : ""));
        }
        List<String> more = extra.map(line -> ShellWords.split(EXTRA, line)).orElse(npu ? MORE_FOR_NPU : List.of());
        more.forEach(Quantization::refuse);
        return new Quantization(weightFormat, more);
    }

    /** Whether the arguments say themselves what kind of model it is. */
    boolean namesTask() {
        return more.stream().anyMatch(word -> word.equals("--task") || word.startsWith("--task="));
    }

    private static void refuse(String word) {
        String name = word.split("=", 2)[0];
        Optional.ofNullable(REFUSED.get(name)).ifPresent(reason -> {
            throw ExportException.refused(EXTRA + ": " + name + ": " + reason);
        });
    }
}
