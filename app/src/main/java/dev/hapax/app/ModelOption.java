package dev.hapax.app;

import dev.hapax.app.model.BundledModel;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.lora.WeightedLora;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The choice of a model: a diffusers folder, or the one that comes with the program. */
final class ModelOption {
    @Option(
            names = "--model",
            paramLabel = "DIR",
            description =
                    "A model as diffusers saves it: the folder that holds model_index.json, unet, vae, text_encoder,"
                            + " tokenizer and scheduler. Default: the little Picturebook model that comes with hapax.")
    private @Nullable Path folder;

    boolean isBundled() {
        return folder == null;
    }

    /** The folder, if one was given. */
    Optional<Path> given() {
        return Optional.ofNullable(folder);
    }

    Path folder(Console console) {
        return folder == null ? BundledModel.unpack(console.environment()) : folder;
    }

    StableDiffusion open(Console console) {
        return open(console, List.of());
    }

    /** Opens the model with LoRAs and tells what each of them has changed. */
    StableDiffusion open(Console console, List<WeightedLora> loras) {
        console.adviseOnSurroundings();
        StableDiffusion model = StableDiffusion.open(folder(console), DType.FLOAT32, Device.CPU, loras);
        model.loras().forEach(report -> console.err().println("hapax: " + report));
        return model;
    }
}
