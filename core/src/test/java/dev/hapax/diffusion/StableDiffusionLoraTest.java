package dev.hapax.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.FileHash;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.checkpoint.Weights;
import dev.hapax.lora.AppliedLora;
import dev.hapax.lora.LoraStack;
import dev.hapax.lora.WeightedLora;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.unet.UNet;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class StableDiffusionLoraTest {
    private static final Path LORAS = resource("lora");
    private static final WeightedLora STYLE = new WeightedLora(LORAS.resolve("diffusers"), 0.7);
    private static final WeightedLora KOHYA = new WeightedLora(LORAS.resolve("kohya/lora.safetensors"), 0.4);

    private static StableDiffusion model;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() {
        model = StableDiffusion.open(resource("sd-tiny"), DType.FLOAT32, Device.CPU);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void anImageTellsWhichLorasMadeIt() {
        byte[] before = draw(model);
        try (StableDiffusion changed = model.withLoras(List.of(STYLE, KOHYA))) {
            GeneratedImage image =
                    ImageGenerator.of(changed).generate(request()).get(0);
            String hash = FileHash.of(STYLE.path().resolve("pytorch_lora_weights.safetensors"));
            assertEquals(
                    List.of(
                            new AppliedLora("diffusers", 0.7, hash),
                            new AppliedLora("lora", 0.4, FileHash.of(KOHYA.path()))),
                    image.settings().loras());
            assertEquals(model.hash(), image.settings().modelHash());
            byte[] after = PngImages.toBytes(image);
            assertFalse(Arrays.equals(before, after));
            GeneratedImage again = ImageGenerator.of(changed)
                    .generate(image.settings().toRequest())
                    .get(0);
            assertArrayEquals(after, PngImages.toBytes(again));
            assertSame(model.vae(), changed.vae());
        }
        assertArrayEquals(before, draw(model), "unloaded");
    }

    @Test
    void aModelOpenedWithLorasIsThatModelWithThem() {
        byte[] with;
        try (StableDiffusion changed = model.withLoras(List.of(STYLE))) {
            with = draw(changed);
        }
        try (StableDiffusion opened =
                StableDiffusion.open(resource("sd-tiny"), DType.FLOAT32, Device.CPU, List.of(STYLE))) {
            assertArrayEquals(with, draw(opened));
            try (StableDiffusion plain = opened.withLoras(List.of())) {
                assertEquals(List.of(), plain.loras());
                assertArrayEquals(draw(model), draw(plain));
            }
            assertArrayEquals(with, draw(opened), "closing another one frees nothing of this");
        }
        try (StableDiffusion none = StableDiffusion.open(resource("sd-tiny"), DType.FLOAT32, Device.CPU, List.of())) {
            assertArrayEquals(draw(model), draw(none));
        }
    }

    /** Every parameter of both parts, bit by bit. */
    @Test
    void unloadingIsExact() {
        try (ModelFolder base = ModelFolder.open(resource("sd-tiny"))) {
            Map<String, byte[]> before = bytes(base);
            try (LoraStack stack = LoraStack.open(List.of(STYLE, KOHYA), Set.of("unet", "text_encoder"))) {
                Weights changed = Weights.of(
                        stack.over("unet", base.weights("unet", DType.FLOAT32).source()));
                UNet.of(base.config("unet"), changed);
                ClipTextEncoder.of(
                        base.config("text_encoder"),
                        Weights.of(stack.over(
                                "text_encoder",
                                base.weights("text_encoder", DType.FLOAT32).source())));
                stack.finish();
                long moved = changed.used().entrySet().stream()
                        .filter(entry ->
                                !Arrays.equals(entry.getValue().toBytes(), before.get("unet " + entry.getKey())))
                        .count();
                assertEquals(48, moved);
            }
            Map<String, byte[]> after = bytes(base);
            assertEquals(before.keySet(), after.keySet());
            after.forEach((name, bytes) -> assertArrayEquals(before.get(name), bytes, name));
        }
    }

    private static Map<String, byte[]> bytes(ModelFolder base) {
        Map<String, byte[]> bytes = new HashMap<>();
        Weights unet = base.weights("unet", DType.FLOAT32);
        UNet.of(base.config("unet"), unet);
        unet.used().forEach((name, tensor) -> bytes.put("unet " + name, tensor.toBytes()));
        Weights text = base.weights("text_encoder", DType.FLOAT32);
        ClipTextEncoder.of(base.config("text_encoder"), text);
        text.used().forEach((name, tensor) -> bytes.put("text " + name, tensor.toBytes()));
        return bytes;
    }

    @Test
    void theReportCountsAndMeasures() {
        try (StableDiffusion changed = model.withLoras(List.of(STYLE, KOHYA))) {
            String[] lines = {
                changed.loras().get(0).toString(), changed.loras().get(1).toString()
            };
            assertTrue(
                    lines[0].matches(
                            "diffusers at 0.7: all 80 tensors matched, norm of the change [0-9.]+ in text_encoder"
                                    + " \\([0-9.]+ % of 8 weights\\), [0-9.]+ in unet \\([0-9.]+ % of 32 weights\\)"),
                    lines[0]);
            assertTrue(
                    lines[1].matches("lora at 0.4: all 180 tensors matched, norm of the change [0-9.]+ in text_encoder"
                            + " \\([0-9.]+ % of 12 weights\\), [0-9.]+ in unet \\([0-9.]+ % of 48 weights\\)"),
                    lines[1]);
        }
    }

    /** The convolutions of a LoCon change a model of 16 bits, too. */
    @Test
    void sixteenBits() {
        WeightedLora locon = new WeightedLora(LORAS.resolve("kohya-locon/lora.safetensors"), 1);
        try (StableDiffusion half =
                StableDiffusion.open(resource("sd-tiny"), DType.BFLOAT16, Device.CPU, List.of(locon))) {
            assertEquals(
                    16,
                    ImageGenerator.of(half).generate(request()).get(0).image().getWidth());
            assertEquals("unet", half.loras().get(0).effects().get(0).part());
        }
    }

    @Test
    void xlHasTwoEncodersToChange() {
        String name = "%s.text_model.encoder.layers.0.self_attn.q_proj.lora_linear_layer.%s.weight";
        try (Scope scope = Scope.open();
                StableDiffusion xl = StableDiffusion.open(resource("sdxl"), DType.FLOAT32, Device.CPU)) {
            Map<String, Tensor> tensors = new HashMap<>();
            for (String part : List.of("text_encoder", "text_encoder_2")) {
                int width = part.equals("text_encoder") ? 32 : 24;
                tensors.put(name.formatted(part, "down"), Tensor.ones(DType.FLOAT32, 1, width));
                tensors.put(name.formatted(part, "up"), Tensor.ones(DType.FLOAT32, width, 1));
            }
            Path file = write(tensors);
            try (StableDiffusion changed = xl.withLoras(List.of(new WeightedLora(file, 1)))) {
                assertEquals(2, changed.loras().get(0).effects().size());
                for (int half = 0; half < 2; half++) {
                    assertFalse(Arrays.equals(states(xl, half), states(changed, half)));
                }
            }
            error(
                    file
                            + " changes a text_encoder_2, this model has [text_encoder, unet]; the file fits a text encoder"
                            + " of width",
                    () -> model.withLoras(List.of(new WeightedLora(file, 1))));
        }
    }

    /** What the first or the second encoder makes of a prompt. */
    private static float[] states(StableDiffusion xl, int half) {
        Tensor text =
                xl.text().encode("a cup", List.of(), xl.nativeSize()).text().at(0);
        return text.narrow(2, half == 0 ? 0 : 32, half == 0 ? 32 : 24).toFloats();
    }

    @Test
    void aLoraWithoutEffectIsAnError() {
        String name = "unet.mid_block.attentions.0.transformer_blocks.0.attn2.to_q.lora.%s.weight";
        try (Scope scope = Scope.open()) {
            Path untrained = write(Map.of(
                    name.formatted("down"), Tensor.ones(DType.FLOAT32, 4, 24),
                    name.formatted("up"), Tensor.zeros(DType.FLOAT32, 24, 4)));
            error(
                    untrained + " changes nothing: all its 2 tensors matched, but every product of factors is zero",
                    () -> model.withLoras(List.of(new WeightedLora(untrained, 1))));
        }
        error(
                "all its 80 tensors matched, but the change is less than what the weights are rounded to; give it more"
                        + " weight than 1.0E-30",
                () -> model.withLoras(List.of(new WeightedLora(STYLE.path(), 1e-30))));
        String zero = String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> new WeightedLora(LORAS.resolve("kohya"), 0))
                        .getMessage());
        assertTrue(zero.contains("must be a number other than 0, got 0.0; leave the file out"), zero);
        error("are the same LoRA; give it once", () -> model.withLoras(List.of(STYLE, STYLE)));
    }

    @Test
    void aModelOfGivenPartsCannotBeBuiltAnew() {
        StableDiffusion parts = StableDiffusion.of(
                "parts", model.text(), model.unet(), model.vae(), scheduler(), model.nativeSize(), "0123");
        String message = String.valueOf(assertThrows(IllegalStateException.class, () -> parts.withLoras(List.of(STYLE)))
                .getMessage());
        assertTrue(message.startsWith("the model parts was made of given parts"), message);
    }

    private static dev.hapax.checkpoint.Config scheduler() {
        try (ModelFolder folder = ModelFolder.open(resource("sd-tiny"))) {
            return folder.config("scheduler");
        }
    }

    private Path write(Map<String, Tensor> tensors) {
        Path file = folder.resolve("made.safetensors");
        SafetensorsWriter.write(file, tensors, Map.of());
        return file;
    }

    private static void error(String part, Executable body) {
        String message =
                String.valueOf(assertThrows(CheckpointException.class, body).getMessage());
        assertTrue(message.contains(part), message);
        assertEquals(1, message.lines().count(), message);
    }

    private static byte[] draw(StableDiffusion with) {
        GeneratedImage image = ImageGenerator.of(with).generate(request()).get(0);
        return PngImages.toBytes(image);
    }

    private static ImageRequest request() {
        return ImageRequest.of("a photo of a red cup").withSteps(2).withSeed(1).withSize(16, 16);
    }

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(StableDiffusionLoraTest.class.getResource("/goldens/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
