package io.grevy.repository;

import java.util.Map;
import java.util.OptionalInt;

/**
 * How a model runs.
 *
 * @param targetDevice an OpenVINO device, such as {@code CPU} or {@code GPU.1}
 * @param scheduling matters to continuous batching only
 * @param pluginConfig properties for the device; values are String, Long, Double, Boolean or again such a map
 * @param speculation where guesses at the next tokens come from
 * @param maxTokensLimit the most tokens that a request may ask for; empty without a limit
 * @param bestOfLimit a request that wants several answers is to want fewer than this, at least 1
 * @param parsing of what the model writes
 */
public record ExecutionSettings(
        String targetDevice,
        Scheduling scheduling,
        Map<String, Object> pluginConfig,
        Speculation speculation,
        OptionalInt maxTokensLimit,
        int bestOfLimit,
        OutputParsing parsing) {

    public ExecutionSettings {
        pluginConfig = Map.copyOf(pluginConfig);
    }

    /** What holds where neither a graph nor an option says otherwise. */
    public static ExecutionSettings defaults() {
        return new ExecutionSettings(
                "CPU", Scheduling.defaults(), Map.of(), new Speculation.None(), OptionalInt.empty(), 20);
    }

    /** With the parsers that the chat template shows. */
    public ExecutionSettings(
            String targetDevice,
            Scheduling scheduling,
            Map<String, Object> pluginConfig,
            Speculation speculation,
            OptionalInt maxTokensLimit,
            int bestOfLimit) {
        this(
                targetDevice,
                scheduling,
                pluginConfig,
                speculation,
                maxTokensLimit,
                bestOfLimit,
                OutputParsing.detected());
    }

    /** The most requests in one batch. */
    public int maxNumSeqs() {
        return scheduling.maxNumSeqs();
    }
}
