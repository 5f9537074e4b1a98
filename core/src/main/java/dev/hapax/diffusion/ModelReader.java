package dev.hapax.diffusion;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Tokenizer;
import dev.hapax.unet.UNet;
import dev.hapax.vae.Vae;

/** Puts a model together from its folder. */
final class ModelReader {
    private final ModelFolder folder;
    private final DType dtype;
    private final Device device;
    private final ModelOrigin origin;

    private ModelReader(ModelFolder folder, DType dtype, Device device) {
        this.folder = folder;
        this.dtype = dtype;
        this.device = device;
        this.origin = new ModelOrigin(folder::hash);
        origin.onClose(folder::close);
    }

    static StableDiffusion read(ModelFolder folder, DType dtype, Device device) {
        ModelReader reader = new ModelReader(folder, dtype, device);
        try {
            return reader.model();
        } catch (RuntimeException e) {
            reader.origin.close();
            throw e;
        }
    }

    private StableDiffusion model() {
        Config unetConfig = folder.config("unet");
        Config scheduler = folder.config("scheduler");
        UNet unet = UNet.of(unetConfig, weights("unet", dtype));
        Config vaeConfig = folder.config("vae");
        boolean upcast = dtype.bytes() < DType.FLOAT32.bytes() && vaeConfig.flag("force_upcast", true);
        DType vaeDtype = upcast ? DType.FLOAT32 : dtype;
        Vae vae = Vae.of(vaeConfig, weights("vae", vaeDtype));
        return new StableDiffusion(
                String.valueOf(folder.root().toAbsolutePath().normalize().getFileName()),
                prompts(),
                unet,
                vae,
                scheduler,
                dtype,
                vaeDtype,
                device,
                nativeSize(unetConfig, vae),
                origin);
    }

    private PromptEncoder prompts() {
        ClipTextEncoder encoder = encoder("text_encoder");
        Tokenizer tokenizer = Tokenizer.open(folder.path("tokenizer"), encoder.maxTokens());
        origin.onClose(tokenizer::close);
        if (!folder.has("text_encoder_2")) {
            return new SinglePromptEncoder(tokenizer, encoder);
        }
        ClipTextEncoder encoder2 = encoder("text_encoder_2");
        Tokenizer tokenizer2 = Tokenizer.open(folder.path("tokenizer_2"), encoder2.maxTokens());
        origin.onClose(tokenizer2::close);
        boolean zeros = folder.index()
                .map(index -> index.flag("force_zeros_for_empty_prompt", true))
                .orElse(true);
        return new DualPromptEncoder(tokenizer, encoder, tokenizer2, encoder2, zeros);
    }

    private ClipTextEncoder encoder(String part) {
        return ClipTextEncoder.of(folder.config(part), weights(part, dtype));
    }

    private Weights weights(String part, DType type) {
        PlacedWeights placed = new PlacedWeights(folder.weights(part, type), device);
        origin.onClose(placed::close);
        return Weights.of(placed);
    }

    /** {@code sample_size} counts latent pixels; one number is a side, two are height and width. */
    private static ImageSize nativeSize(Config unet, Vae vae) {
        var sides = unet.has("sample_size") ? unet.integers("sample_size", 2) : java.util.List.of(64, 64);
        return new ImageSize(sides.get(1) * vae.reduction(), sides.get(0) * vae.reduction());
    }
}
