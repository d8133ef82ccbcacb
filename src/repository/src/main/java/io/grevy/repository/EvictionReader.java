package io.grevy.repository;

import io.grevy.repository.CacheEviction.Aggregation;
import io.grevy.repository.CacheEviction.KvCrush;

/** Reads a {@code cache_eviction_config}. */
final class EvictionReader {
    private EvictionReader() {}

    static CacheEviction read(GraphFields eviction) {
        if (eviction.flag("apply_rotation").orElse(false)) {
            throw new RepositoryException(eviction.where("apply_rotation")
                    + ": the engine's rotation is not safe: a growing cache it writes beyond, and a prompt longer than"
                    + " max_num_batched_tokens ends it");
        }
        CacheEviction read = new CacheEviction(
                eviction.required("start_size", 1),
                eviction.required("recent_size", 1),
                eviction.required("max_cache_size", 1),
                eviction.constant("aggregation_mode", Aggregation.class).orElse(Aggregation.NORM_SUM),
                eviction.number("snapkv_window_size", 0).orElse(8),
                eviction.nested("kv_crush_config").map(EvictionReader::kvCrush));
        if (read.maxCacheSize() <= (long) read.startSize() + read.recentSize()) {
            throw new RepositoryException(eviction.where("max_cache_size") + " " + read.maxCacheSize()
                    + ": it is to be more than start_size and recent_size together, "
                    + ((long) read.startSize() + read.recentSize()));
        }
        return read;
    }

    private static KvCrush kvCrush(GraphFields crush) {
        return new KvCrush(
                crush.number("budget", 0).orElse(0),
                crush.constant("anchor_point_mode", KvCrush.Anchor.class).orElse(KvCrush.Anchor.RANDOM),
                crush.number("rng_seed", 0).orElse(0));
    }
}
