package dev.hapax.diffusion;

import dev.hapax.attention.AttentionLayer;
import dev.hapax.attention.AttentionMaps;
import dev.hapax.attention.AttentionProbe;
import dev.hapax.attention.LayerChoice;
import dev.hapax.schedule.Step;
import dev.hapax.schedule.Trajectory;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.unet.UNet;
import java.util.List;
import java.util.function.Supplier;

/**
 * The loop from noise to latents, with classifier-free guidance (Ho and Salimans 2022): the U-Net sees every latent
 * twice in one batch, under the negative prompt and under the prompt, and the prediction goes {@code guidance} times as
 * far from the one to the other. Latents are kept in their own type whatever type the U-Net computes in.
 *
 * @param unet the denoising network
 * @param dtype of its parameters
 * @param prompt what the image shall be
 * @param negative what it shall not be; not asked for without guidance
 * @param guidance 1 or less is none
 * @param guide moves the latents before each call
 * @param inpainting how a mask takes part
 */
public record Denoiser(
        UNet unet,
        DType dtype,
        Conditions prompt,
        Conditions negative,
        double guidance,
        Guide guide,
        Inpainting inpainting) {

    /** Without a mask. */
    public Denoiser(UNet unet, DType dtype, Conditions prompt, Conditions negative, double guidance, Guide guide) {
        this(unet, dtype, prompt, negative, guidance, guide, Inpainting.NONE);
    }

    /** The same with a mask. */
    public Denoiser withInpainting(Inpainting newInpainting) {
        return new Denoiser(unet, dtype, prompt, negative, guidance, guide, newInpainting);
    }

    /**
     * Runs a trajectory to its end.
     *
     * @param firstCall the call to begin with; 0 unless the start is not all noise
     * @param start noised latents of that call, (images, channels, h, w)
     * @param noise for samplers that add noise: standard normal, of the latents' shape
     * @param firstImage passed on to {@code progress}
     * @return latents, (images, channels, h, w)
     */
    public Tensor run(
            Trajectory run, int firstCall, Tensor start, Supplier<Tensor> noise, int firstImage, Progress progress) {
        return Scope.run(() -> {
            Forward forward = new Forward(this, Math.toIntExact(start.size(0)));
            Tensor latents = start;
            for (int call = firstCall; call < run.calls(); call++) {
                try (Scope scope = Scope.open()) {
                    Tensor moved = guide.move(latents, moment(forward, run, call, firstCall));
                    Step step = step(forward, run, call, moved, noise);
                    progress.after(firstImage, call, run.calls(), step);
                    latents = scope.release(step.sample());
                }
            }
            return latents;
        });
    }

    private Step step(Forward forward, Trajectory run, int call, Tensor latents, Supplier<Tensor> noise) {
        try (Gradients.Region frozen = Gradients.off()) {
            Tensor input = run.scaleModelInput(latents, call);
            Tensor prediction = forward.guided(input, run.timestep(call)).to(latents.dtype());
            Step step = run.step(prediction, call, latents, noise);
            return new Step(inpainting.after(step.sample(), run, call), step.clean());
        }
    }

    private Moment moment(Forward forward, Trajectory run, int call, int first) {
        return new Moment(run, call, first, (latents, layers) -> {
            AttentionMaps maps = AttentionMaps.withGradient(layers);
            forward.look(run.scaleModelInput(latents, call), run.timestep(call), layers, maps);
            return maps;
        });
    }

    /** The U-Net of one run: its conditions are joined anew only when they change. */
    private static final class Forward {
        private final Denoiser denoiser;
        private final ConditionBatch both;
        private final ConditionBatch alone;

        Forward(Denoiser denoiser, int images) {
            int layers = denoiser.unet.crossAttentionLayers().size();
            this.denoiser = denoiser;
            this.both = new ConditionBatch(images, layers);
            this.alone = new ConditionBatch(images, layers);
        }

        Tensor guided(Tensor latents, double timestep) {
            Tensor input = denoiser.inpainting.input(latents);
            Condition prompt = denoiser.prompt.at(timestep);
            if (denoiser.guidance <= 1) {
                return predict(input, timestep, alone.of(List.of(prompt)));
            }
            Condition condition = both.of(List.of(denoiser.negative.at(timestep), prompt));
            List<Tensor> halves = predict(Tensor.cat(List.of(input, input), 0), timestep, condition)
                    .chunk(2, 0); // 2 x (images, channels, h, w)
            Tensor without = halves.get(0);
            return without.plus(halves.get(1).minus(without).times(denoiser.guidance));
        }

        /** Runs no further than to the last of the layers. */
        void look(Tensor latents, double timestep, LayerChoice layers, AttentionMaps maps) {
            Tensor input = denoiser.inpainting.input(latents);
            int last = denoiser.unet.crossAttentionLayers().stream()
                    .filter(layer -> layers.includes(layer, layer.resolution(latents.size(2), latents.size(3))))
                    .mapToInt(AttentionLayer::index)
                    .max()
                    .orElse(Integer.MAX_VALUE);
            Condition condition = alone.of(List.of(denoiser.prompt.at(timestep)));
            Tensor time = Tensor.scalar(timestep).to(input.device());
            denoiser.unet.look(input.to(denoiser.dtype), time, condition.text(), condition.added(), maps, last);
        }

        private Tensor predict(Tensor input, double timestep, Condition condition) {
            Tensor time = Tensor.scalar(timestep).to(input.device());
            return denoiser.unet.predict(
                    input.to(denoiser.dtype), time, condition.text(), condition.added(), AttentionProbe.NONE);
        }
    }
}
