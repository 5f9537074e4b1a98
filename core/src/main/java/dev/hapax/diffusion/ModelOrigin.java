package dev.hapax.diffusion;

import dev.hapax.checkpoint.ModelPart;
import dev.hapax.lora.LoraReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where a model's parameters came from: how to hash them, what changed them, what to free when the model is closed. */
final class ModelOrigin {
    /** Builds a model anew with other weights. */
    @FunctionalInterface
    interface Changer {
        StableDiffusion with(StableDiffusion model, WeightChanges changes);
    }

    private final Supplier<String> hasher;
    private final Changer changer;
    private final Function<String, Optional<ModelPart>> parts;
    private final WeightChanges changes;
    private final List<LoraReport> loras;
    private final List<Runnable> frees = new ArrayList<>();
    private @Nullable String hash;

    ModelOrigin(
            Supplier<String> hasher,
            Changer changer,
            Function<String, Optional<ModelPart>> parts,
            WeightChanges changes,
            List<LoraReport> loras) {
        this.hasher = hasher;
        this.changer = changer;
        this.parts = parts;
        this.changes = changes;
        this.loras = List.copyOf(loras);
    }

    /** The origin of a model that was put together from parts at hand, which nobody can build anew. */
    static ModelOrigin ofParts(String hash) {
        return new ModelOrigin(
                () -> hash,
                (model, changes) -> {
                    throw new IllegalStateException("the model " + model.name() + " was made of given parts, not read"
                            + " from a folder; build its U-Net and text encoder from LoraWeights");
                },
                part -> Optional.empty(),
                WeightChanges.NONE,
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

    /** What a part is built from; empty for a model of given parts. */
    Optional<ModelPart> part(String name) {
        return parts.apply(name);
    }

    /** The changes that the model already has. */
    WeightChanges changes() {
        return changes;
    }

    StableDiffusion changed(StableDiffusion model, WeightChanges wanted) {
        return changer.with(model, wanted);
    }

    void close() {
        frees.forEach(Runnable::run);
        frees.clear();
    }
}
