package dev.hapax.run;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelPart;
import dev.hapax.checkpoint.Weights;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.learning.TunableModel;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.unet.UNet;
import dev.hapax.vae.Vae;
import java.util.function.BiConsumer;

/** How much memory the weights of a model take. */
final class ModelBytes {
    private ModelBytes() {}

    /** The weights that the parts of a model with one text encoder ask for, in bytes. */
    static long of(StableDiffusion model) {
        return of(model, TunableModel.UNET, UNet::of)
                + of(model, TunableModel.TEXT_ENCODER, ClipTextEncoder::of)
                + of(model, "vae", Vae::of);
    }

    private static long of(StableDiffusion model, String name, BiConsumer<Config, Weights> builder) {
        ModelPart part = model.part(name).orElseThrow();
        Weights asked = Weights.of(part.weights());
        builder.accept(part.config(), asked);
        return asked.used().values().stream()
                .mapToLong(weight -> weight.elements() * weight.dtype().bytes())
                .sum();
    }
}
