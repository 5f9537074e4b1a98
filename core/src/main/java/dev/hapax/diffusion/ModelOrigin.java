package dev.hapax.diffusion;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where a model's parameters came from: how to hash them, and what to free when the model is closed. */
final class ModelOrigin {
    private final Supplier<String> hasher;
    private final List<Runnable> frees = new ArrayList<>();
    private @Nullable String hash;

    ModelOrigin(Supplier<String> hasher) {
        this.hasher = hasher;
    }

    void onClose(Runnable free) {
        frees.add(0, free);
    }

    synchronized String hash() {
        if (hash == null) {
            hash = hasher.get();
        }
        return hash;
    }

    void close() {
        frees.forEach(Runnable::run);
        frees.clear();
    }
}
