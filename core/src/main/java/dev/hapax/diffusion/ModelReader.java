package dev.hapax.diffusion;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.FileHash;
import dev.hapax.checkpoint.LearnedWeights;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.ModelPart;
import dev.hapax.checkpoint.Weights;
import dev.hapax.lora.LoraStack;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Tokenizer;
import dev.hapax.unet.UNet;
import dev.hapax.vae.Vae;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Puts a model together from its folder, with or without LoRAs. */
final class ModelReader {
    private final ModelFolder folder;
    private final DType dtype;
    private final Device device;
    private final ModelOrigin origin;
    private final Map<String, PlacedWeights> sources = new HashMap<>();

    private ModelReader(ModelFolder folder, DType dtype, Device device) {
        this.folder = folder;
        this.dtype = dtype;
        this.device = device;
        this.origin = new ModelOrigin(
                folder::hash,
                this::changed,
                part -> Optional.of(new ModelPart(folder.config(part), source(part, dtype))),
                WeightChanges.NONE,
                List.of());
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
        UNet unet = UNet.of(unetConfig, Weights.of(source("unet", dtype)));
        Config vaeConfig = folder.config("vae");
        boolean upcast = dtype.bytes() < DType.FLOAT32.bytes() && vaeConfig.flag("force_upcast", true);
        DType vaeDtype = upcast ? DType.FLOAT32 : dtype;
        Vae vae = Vae.of(vaeConfig, Weights.of(source("vae", vaeDtype)));
        return new StableDiffusion(
                name(), prompts(), unet, vae, scheduler, dtype, vaeDtype, device, nativeSize(unetConfig, vae), origin);
    }

    private PromptEncoder prompts() {
        ClipTextEncoder encoder = encoder("text_encoder", source("text_encoder", dtype));
        Tokenizer tokenizer = Tokenizer.open(folder.path("tokenizer"), encoder.maxTokens());
        origin.onClose(tokenizer::close);
        if (!folder.has("text_encoder_2")) {
            return new SinglePromptEncoder(tokenizer, encoder);
        }
        ClipTextEncoder encoder2 = encoder("text_encoder_2", source("text_encoder_2", dtype));
        Tokenizer tokenizer2 = Tokenizer.open(folder.path("tokenizer_2"), encoder2.maxTokens());
        origin.onClose(tokenizer2::close);
        boolean zeros = folder.index()
                .map(index -> index.flag("force_zeros_for_empty_prompt", true))
                .orElse(true);
        return new DualPromptEncoder(tokenizer, encoder, tokenizer2, encoder2, zeros);
    }

    /** The same model with a U-Net and text encoders built from the same weights and changes; the rest is shared. */
    private StableDiffusion changed(StableDiffusion model, WeightChanges changes) {
        LearnedWeights learned = LearnedWeights.open(changes.weights(), changeable());
        Map<String, Weights.Source> built = new HashMap<>();
        LoraStack stack = null;
        try {
            LoraStack opened = LoraStack.open(changes.loras(), changeable());
            stack = opened;
            Function<String, Weights.Source> over = part -> {
                Weights.Source own = opened.over(part, learned.over(part, source(part, dtype)));
                built.put(part, own);
                return own;
            };
            UNet unet = UNet.of(folder.config("unet"), Weights.of(over.apply("unet")));
            PromptEncoder text = prompts(model.text(), over);
            ModelOrigin origin = new ModelOrigin(
                    () -> hash(changes),
                    this::changed,
                    part -> Optional.of(new ModelPart(
                            folder.config(part),
                            built.containsKey(part) ? Objects.requireNonNull(built.get(part)) : source(part, dtype))),
                    changes,
                    opened.finish());
            origin.onClose(learned::close);
            origin.onClose(opened::close);
            return new StableDiffusion(
                    name(changes),
                    text,
                    unet,
                    model.vae(),
                    folder.config("scheduler"),
                    dtype,
                    model.vaeDtype(),
                    device,
                    model.nativeSize(),
                    origin);
        } catch (RuntimeException e) {
            if (stack != null) {
                stack.close();
            }
            learned.close();
            throw e;
        }
    }

    /** What the model is called with learned weights in it: its own name and those of their folders. */
    private String name(WeightChanges changes) {
        StringBuilder name = new StringBuilder(name());
        for (Path file : changes.weights()) {
            Path run = file.toAbsolutePath().normalize().getParent();
            name.append('+')
                    .append(run == null ? file : run.resolve("..").normalize().getFileName());
        }
        return name.toString();
    }

    private String name() {
        return String.valueOf(folder.root().toAbsolutePath().normalize().getFileName());
    }

    /** The hash of the weights without LoRAs: the model's own, or one of it and of the files of learned weights. */
    private String hash(WeightChanges changes) {
        if (changes.weights().isEmpty()) {
            return origin.hash();
        }
        List<String> hashes = new ArrayList<>(List.of(origin.hash()));
        changes.weights().forEach(file -> hashes.add(FileHash.of(file)));
        return FileHash.ofText(String.join("\n", hashes));
    }

    private Set<String> changeable() {
        Set<String> parts = new TreeSet<>(Set.of("unet", "text_encoder"));
        if (folder.has("text_encoder_2")) {
            parts.add("text_encoder_2");
        }
        return parts;
    }

    private PromptEncoder prompts(PromptEncoder plain, Function<String, Weights.Source> over) {
        if (plain instanceof DualPromptEncoder dual) {
            return new DualPromptEncoder(
                    dual.tokenizer(),
                    encoder("text_encoder", over.apply("text_encoder")),
                    dual.tokenizer2(),
                    encoder("text_encoder_2", over.apply("text_encoder_2")),
                    dual.zeroWithoutNegative());
        }
        SinglePromptEncoder single = (SinglePromptEncoder) plain;
        return new SinglePromptEncoder(single.tokenizer(), encoder("text_encoder", over.apply("text_encoder")));
    }

    private ClipTextEncoder encoder(String part, Weights.Source source) {
        return ClipTextEncoder.of(folder.config(part), Weights.of(source));
    }

    /** The weights of a part where the model computes, the same each time. */
    private PlacedWeights source(String part, DType type) {
        return sources.computeIfAbsent(part, name -> {
            PlacedWeights placed = new PlacedWeights(folder.weights(name, type), device);
            origin.onClose(placed::close);
            return placed;
        });
    }

    /** {@code sample_size} counts latent pixels; one number is a side, two are height and width. */
    private static ImageSize nativeSize(Config unet, Vae vae) {
        var sides = unet.has("sample_size") ? unet.integers("sample_size", 2) : List.of(64, 64);
        return new ImageSize(sides.get(1) * vae.reduction(), sides.get(0) * vae.reduction());
    }
}
