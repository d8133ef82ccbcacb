package io.grevy.engine;

import java.util.Map;

/** Where in a prompt a model takes videos, by its type in the engine's terms. */
enum VideoOrder {
    /** Nowhere. */
    NONE,
    /** Wherever they stand. */
    ANY,
    /** Before every picture: the engine numbers the places of all videos first, and goes astray otherwise. */
    FIRST,
    /** As {@link #FIRST}; but a picture is the same to the model as a video of one frame, so it can be given as one. */
    FIRST_OR_ALL_VIDEOS;

    /** What OpenVINO GenAI 2026.4.1 has videos for. */
    private static final Map<String, VideoOrder> TYPES = Map.ofEntries(
            Map.entry("qwen2_vl", FIRST_OR_ALL_VIDEOS),
            Map.entry("qwen2_5_vl", FIRST_OR_ALL_VIDEOS),
            Map.entry("qwen3_vl", FIRST),
            Map.entry("qwen3_5", FIRST),
            Map.entry("qwen3_5_moe", FIRST),
            Map.entry("qwen3_omni", FIRST),
            Map.entry("qwen3_omni_moe", FIRST),
            Map.entry("llava_next_video", ANY),
            Map.entry("videochat_flash_qwen", ANY),
            Map.entry("gemma4", ANY),
            Map.entry("gemma4_unified", ANY),
            Map.entry("muse_glimmer", ANY));

    static VideoOrder of(String modelType) {
        return TYPES.getOrDefault(modelType, NONE);
    }
}
