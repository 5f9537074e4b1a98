package dev.hapax.diffusion;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.ModelPart;
import dev.hapax.lora.LoraReport;
import dev.hapax.lora.WeightedLora;
import dev.hapax.schedule.NoiseSchedule;
import dev.hapax.schedule.Sampler;
import dev.hapax.schedule.Samplers;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.tensor.Engine;
import dev.hapax.tensor.Tensor;
import dev.hapax.unet.UNet;
import dev.hapax.vae.Vae;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A latent diffusion model with all its parts (Rombach et al. 2022): Stable Diffusion 1.x, 2.x, XL, and smaller ones of
 * the same build.
 */
public final class StableDiffusion implements AutoCloseable {
    private static final int SMALL = 256 * 256; // pixels; measured

    private final String name;
    private final PromptEncoder text;
    private final UNet unet;
    private final Vae vae;
    private final Config scheduler;
    private final NoiseSchedule schedule;
    private final DType dtype;
    private final DType vaeDtype;
    private final Device device;
    private final ImageSize nativeSize;
    private final ModelOrigin origin;

    StableDiffusion(
            String name,
            PromptEncoder text,
            UNet unet,
            Vae vae,
            Config scheduler,
            DType dtype,
            DType vaeDtype,
            Device device,
            ImageSize nativeSize,
            ModelOrigin origin) {
        this.name = name;
        this.text = text;
        this.unet = unet;
        this.vae = vae;
        this.scheduler = scheduler;
        this.schedule = NoiseSchedule.of(scheduler);
        this.dtype = dtype;
        this.vaeDtype = vaeDtype;
        this.device = device;
        this.nativeSize = nativeSize;
        this.origin = origin;
    }

    /**
     * Reads a model's folder as diffusers saves it.
     *
     * @param dtype of the computations; 16-bit types leave the VAE in fp32 where its configuration says {@code
     *     force_upcast}
     * @throws IllegalArgumentException for fp16 on a CPU
     * @throws dev.hapax.checkpoint.CheckpointException if a part is missing, damaged or not supported
     */
    public static StableDiffusion open(Path folder, DType dtype, Device device) {
        if (dtype == DType.FLOAT16 && device.kind() == Device.Kind.CPU) {
            throw new IllegalArgumentException(
                    "fp16 is not offered on a CPU, which is far slower in it than in fp32; got " + dtype + " on "
                            + device + ", take FLOAT32 or BFLOAT16");
        }
        return ModelReader.read(ModelFolder.open(folder), dtype, device);
    }

    /**
     * Reads a model's folder and adds LoRAs to it ({@link #withLoras}).
     *
     * @throws dev.hapax.checkpoint.CheckpointException if a part or a LoRA is missing, damaged or not supported, or the
     *     two do not fit
     */
    public static StableDiffusion open(Path folder, DType dtype, Device device, List<WeightedLora> loras) {
        StableDiffusion plain = open(folder, dtype, device);
        if (loras.isEmpty()) {
            return plain;
        }
        try {
            StableDiffusion changed = plain.withLoras(loras);
            changed.origin.onClose(plain::close);
            return changed;
        } catch (RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    /**
     * This model with these LoRAs in place of those it has. No weight of this model is touched: whoever goes on with it
     * has unloaded them, to the last bit. The two share what no LoRA changes, so this model must stay open.
     *
     * @param loras their changes are added up; none gives the plain model
     * @throws dev.hapax.checkpoint.CheckpointException if one is missing, damaged or not supported, does not fit this
     *     model, or changes nothing
     * @throws IllegalStateException if this model was not read from a folder
     */
    public StableDiffusion withLoras(List<WeightedLora> loras) {
        return origin.changed(this, new WeightChanges(origin.changes().weights(), loras));
    }

    /**
     * This model with more changes beside those it has. No weight of this model is touched; the two share what does not
     * change, so this model must stay open. Its name and hash say which learned weights it has.
     *
     * @throws dev.hapax.checkpoint.CheckpointException if a file is missing, damaged or not supported, does not fit this
     *     model, or a LoRA changes nothing
     * @throws IllegalStateException if this model was not read from a folder
     */
    public StableDiffusion withChanges(WeightChanges more) {
        return origin.changed(this, origin.changes().and(more));
    }

    /**
     * What a part is built from, to build it again with other weights.
     *
     * @param part such as {@code unet} or {@code text_encoder}
     * @return empty if this model was not read from a folder
     * @throws dev.hapax.checkpoint.CheckpointException if there is no such part
     */
    public Optional<ModelPart> part(String part) {
        return origin.part(part);
    }

    /**
     * A model of given fp32 parts on the CPU, such as one in training. Closing it leaves the parts as they are.
     *
     * @param name what to call it in an image's settings
     * @param scheduler a configuration as {@code scheduler/scheduler_config.json} has it
     * @param nativeSize the size of image it is trained for
     * @param hash what to call its present weights in an image's settings
     */
    public static StableDiffusion of(
            String name, PromptEncoder text, UNet unet, Vae vae, Config scheduler, ImageSize nativeSize, String hash) {
        return new StableDiffusion(
                name,
                text,
                unet,
                vae,
                scheduler,
                DType.FLOAT32,
                DType.FLOAT32,
                Device.CPU,
                nativeSize,
                ModelOrigin.ofParts(hash));
    }

    /** What to call it: the folder's name. */
    public String name() {
        return name;
    }

    /** Tokenizers and text encoders. */
    public PromptEncoder text() {
        return text;
    }

    /** The denoising network. */
    public UNet unet() {
        return unet;
    }

    /** The autoencoder between images and latents. */
    public Vae vae() {
        return vae;
    }

    /** The noise that the model was trained with, and what it predicts. */
    public NoiseSchedule schedule() {
        return schedule;
    }

    /**
     * The sampler that the model's configuration names.
     *
     * @throws dev.hapax.checkpoint.CheckpointException if it is none of those known here
     */
    public Sampler ownSampler() {
        return Samplers.of(scheduler);
    }

    /** A sampler by a short name ({@link Samplers#names()}), or the model's own for an empty name. */
    public Sampler sampler(String samplerName) {
        return samplerName.isEmpty() ? ownSampler() : Samplers.named(samplerName, schedule);
    }

    /**
     * Latents of pictures as the U-Net is given them, (b, channels, h / reduction, w / reduction), in {@link #vaeDtype()}.
     *
     * @param pixels (1, 3, h, w) in [-1, 1], for all, or (b, 3, h, w)
     * @param eps standard normals of the latents' shape, at which the autoencoder's distribution is sampled
     */
    public Tensor latents(Tensor pixels, Tensor eps) {
        Tensor z = vae.encode(pixels.to(device).to(vaeDtype)).sample(eps.to(vaeDtype));
        return vae.toLatents(z);
    }

    /** Whether the U-Net reads a mask and the masked picture's latents beside the latents: 9 channels instead of 4. */
    public boolean readsMask() {
        return unet.inChannels() == 2 * vae.latentChannels() + 1;
    }

    /** The type that the U-Net and the text encoders compute in. */
    public DType dtype() {
        return dtype;
    }

    /** The type that the VAE computes in; wider than {@link #dtype()} where 16 bits would overflow. */
    public DType vaeDtype() {
        return vaeDtype;
    }

    /** Where the parameters are. */
    public Device device() {
        return device;
    }

    /** The size of image it was trained for. */
    public ImageSize nativeSize() {
        return nativeSize;
    }

    /**
     * Whether its operations are too small to be split over threads: one thread computes faster than two (decision 4), and
     * pieces of work are best done side by side.
     */
    public boolean isSmall() {
        return nativeSize.width() * nativeSize.height() <= SMALL;
    }

    /** How many threads one piece of work with it should compute on: one if it is small, otherwise what the engine has. */
    public int threads() {
        return isSmall() ? 1 : Engine.threads();
    }

    /** What was added to its weights, in the order in which it was given. */
    public List<LoraReport> loras() {
        return origin.loras();
    }

    /** SHA-256 of the weights without LoRAs, in hexadecimal; computed when first asked for, about a second per gigabyte. */
    public String hash() {
        return origin.hash();
    }

    /** Frees the parameters and the tokenizers. */
    @Override
    public void close() {
        origin.close();
    }
}
