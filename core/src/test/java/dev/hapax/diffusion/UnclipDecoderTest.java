package dev.hapax.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.schedule.NoiseSchedule;
import dev.hapax.schedule.Trajectory;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.unet.UNet;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class UnclipDecoderTest {
    private static final int WIDTH = 6;
    private static final NoiseSchedule SCHEDULE = NoiseSchedule.of(Config.of(
            Map.of("_class_name", "DDPMScheduler", "beta_schedule", "squaredcos_cap_v2", "num_train_timesteps", 1000)));

    private static Tensor noise(long which, long... shape) {
        return new Rng(5).normal(Purpose.NOISE, 0, which, shape);
    }

    private static EmbeddingNoise embeddings(int width) {
        return new EmbeddingNoise(noise(1, 1, width), noise(2, 1, width).abs().plus(0.5), SCHEDULE);
    }

    /** The little model of the reference numbers, whose U-Net reads an image too. */
    private static StableDiffusion model(StableDiffusion plain, Path folder) {
        try (ModelFolder files = ModelFolder.open(folder)) {
            Config unet = files.config("unet");
            unet.json().put("class_embed_type", "projection").put("projection_class_embeddings_input_dim", 2 * WIDTH);
            return StableDiffusion.of(
                    "unclip",
                    plain.text(),
                    UNet.of(unet, Weights.of(new Initializer(1))),
                    plain.vae(),
                    files.config("scheduler"),
                    plain.nativeSize(),
                    "");
        }
    }

    private static Tensor draw(StableDiffusion model, double guidance, double embedding, int level) {
        try (Trajectory run = model.ownSampler().start(2)) {
            return new UnclipDecoder(model, embeddings(WIDTH), guidance)
                    .draw(
                            "a red cup",
                            List.of(),
                            noise(3, 1, WIDTH).times(embedding),
                            level,
                            noise(4, 1, WIDTH),
                            run,
                            noise(6, 2, 4, 4, 4),
                            () -> noise(7, 2, 4, 4, 4));
        }
    }

    @Test
    void theEmbeddingAndItsNoiseChangeTheImage() throws URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(UnclipDecoderTest.class.getResource("/goldens/sd-tiny"))
                .toURI());
        try (StableDiffusion plain = StableDiffusion.open(folder, DType.FLOAT32, Device.CPU);
                Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            StableDiffusion model = model(plain, folder);
            Tensor image = draw(model, 1, 1, 0);
            assertEquals(2, image.size(0));
            assertTrue(image.min(false, 0, 1, 2, 3).item() >= 0);
            assertArrayEquals(image.toFloats(), draw(model, 1, 1, 0).toFloats());
            assertTrue(difference(image, draw(model, 1, -4, 0)) > 1e-6);
            assertTrue(difference(image, draw(model, 1, 1, 900)) > 1e-6);
            assertTrue(difference(image, draw(model, 7, 1, 0)) > 1e-6);
            String message = String.valueOf(
                    assertThrows(IllegalArgumentException.class, () -> new UnclipDecoder(plain, embeddings(WIDTH), 1))
                            .getMessage());
            assertTrue(message.startsWith("a U-Net that reads 0 numbers about an image"), message);
        }
    }

    private static double difference(Tensor one, Tensor other) {
        return one.minus(other).abs().reshape(-1).max(false, 0).item();
    }

    @Test
    void embeddingsAreNoisedOnTheNormalisedScale() {
        try (Scope scope = Scope.open()) {
            EmbeddingNoise noise = embeddings(WIDTH);
            Tensor embedding = noise(3, 1, WIDTH);
            Tensor drawn = noise(4, 1, WIDTH);
            int level = 400;
            double[] told = noise.condition(embedding, level, drawn).embedding().toDoubles();
            double alpha = SCHEDULE.alphaCumprod(level);
            for (int i = 0; i < WIDTH; i++) {
                double mean = noise.mean().toDoubles()[i];
                double std = noise.std().toDoubles()[i];
                double clean = (embedding.toDoubles()[i] - mean) / std;
                double noised = Math.sqrt(alpha) * clean + Math.sqrt(1 - alpha) * drawn.toDoubles()[i];
                assertEquals(noised * std + mean, told[i], 1e-5);
            }
            assertEquals(Math.cos(level), told[WIDTH], 1e-4); // cosines first
            assertEquals(Math.sin(level), told[WIDTH + WIDTH / 2], 1e-4);
            assertThrows(IllegalArgumentException.class, () -> noise.condition(embedding, 1000, drawn));
            assertThrows(IllegalArgumentException.class, () -> noise.condition(noise(3, 1, 5), 0, drawn));
        }
    }
}
