package dev.hapax.vision.ask;

import dev.hapax.nn.KeysValues;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The keys and values of all that a decoder has read, so that each further token costs one token and not the whole
 * sequence again. They outlive the scopes of the layers; close it when the answer is written.
 */
final class KeyValueCache implements AutoCloseable {
    private final Map<Integer, KeysValues> own = new HashMap<>();
    private final Map<Integer, KeysValues> sources = new HashMap<>();

    /** Those of earlier tokens in this layer and then these, which it keeps. */
    KeysValues extended(int layer, KeysValues fresh) {
        KeysValues before = own.get(layer);
        KeysValues all = kept(before == null ? fresh : before.and(fresh));
        own.put(layer, all);
        if (before != null) {
            free(before);
        }
        return all;
    }

    /** Those of what the layer looks at beside its own sequence, read at the first time. */
    KeysValues source(int layer, Supplier<KeysValues> reading) {
        return sources.computeIfAbsent(layer, key -> kept(reading.get()));
    }

    /** The number of tokens read. */
    long tokens() {
        return own.values().stream().mapToLong(KeysValues::tokens).max().orElse(0);
    }

    private static KeysValues kept(KeysValues pair) {
        pair.keys().keep();
        pair.values().keep();
        return pair;
    }

    private static void free(KeysValues pair) {
        pair.keys().close();
        pair.values().close();
    }

    @Override
    public void close() {
        own.values().forEach(KeyValueCache::free);
        sources.values().forEach(KeyValueCache::free);
        own.clear();
        sources.clear();
    }
}
