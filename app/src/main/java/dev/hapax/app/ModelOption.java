package dev.hapax.app;

import dev.hapax.app.model.BundledModel;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import java.nio.file.Path;
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

    Path folder(Console console) {
        return folder == null ? BundledModel.unpack(console.environment()) : folder;
    }

    StableDiffusion open(Console console) {
        console.adviseOnSurroundings();
        return StableDiffusion.open(folder(console), DType.FLOAT32, Device.CPU);
    }
}
