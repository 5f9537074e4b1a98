package dev.hapax.diffusion;

import dev.hapax.lora.LoraReport;
import dev.hapax.lora.WeightedLora;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where a model's parameters came from: how to hash them, what changed them, what to free when the model is closed. */
final class ModelOrigin {
    /** Builds a model anew with LoRAs. */
    @FunctionalInterface
    interface Changer {
        StableDiffusion with(StableDiffusion model, List<WeightedLora> loras);
    }

    private final Supplier<String> hasher;
    private final Changer changer;
    private final List<LoraReport> loras;
    private final List<Runnable> frees = new ArrayList<>();
    private @Nullable String hash;

    ModelOrigin(Supplier<String> hasher, Changer changer, List<LoraReport> loras) {
        this.hasher = hasher;
        this.changer = changer;
        this.loras = List.copyOf(loras);
    }

    /** The origin of a model that was put together from parts at hand, which nobody can build anew. */
    static ModelOrigin ofParts(String hash) {
        return new ModelOrigin(
                () -> hash,
                (model, loras) -> {
                    throw new IllegalStateException("the model " + model.name() + " was made of given parts, not read"
                            + " from a folder; build its U-Net and text encoder from LoraWeights");
                },
                List.of());
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

    List<LoraReport> loras() {
        return loras;
    }

    StableDiffusion changed(StableDiffusion model, List<WeightedLora> wanted) {
        return changer.with(model, wanted);
    }

    void close() {
        frees.forEach(Runnable::run);
        frees.clear();
    }
}
