package dev.hapax.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.checkpoint.Weights;
import dev.hapax.checkpoint.WordFile;
import dev.hapax.diffusion.EmbeddingModel;
import dev.hapax.diffusion.GeneratedImage;
import dev.hapax.diffusion.ImageRequest;
import dev.hapax.diffusion.KandinskyDecoder;
import dev.hapax.learning.PriorForward;
import dev.hapax.nn.Initializer;
import dev.hapax.prior.ImagePrior;
import dev.hapax.prior.TextCondition;
import dev.hapax.prior.UnclipPrior;
import dev.hapax.schedule.Samplers;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.MultilingualClip;
import dev.hapax.text.TokenIds;
import dev.hapax.unet.ImageConditions;
import dev.hapax.unet.KandinskyUNet;
import dev.hapax.unet.UNet;
import dev.hapax.vae.ImageTensor;
import dev.hapax.vae.Movq;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The little Kandinskys of the reference numbers and a little Stable Diffusion unCLIP, behind the little prior. */
class PriorIllustratorTest {
    private static final Path GOLDENS = goldens();
    private static final int WIDTH = 32; // of the prior's embeddings
    private static final long SEED = 9;
    private static final double GUIDANCE = 3;

    @TempDir
    private Path folder;

    private static Path goldens() {
        Path own = Path.of("src/test/resources/goldens");
        return Files.exists(own) ? own : Path.of("core").resolve(own);
    }

    private static PriorModel prior() {
        return PriorModel.open(GOLDENS.resolve("kandinsky-prior"), PriorModel.Kind.PRIOR);
    }

    /** The reference of 2.2 has no autoencoder of its own. */
    private Path kandinsky22() throws IOException {
        Path root = folder.resolve("kandinsky-2-2-decoder");
        Folders.copy(GOLDENS.resolve("kandinsky22-decoder/unet"), root.resolve("unet"));
        Folders.copy(GOLDENS.resolve("kandinsky22-decoder/scheduler"), root.resolve("scheduler"));
        Folders.copy(GOLDENS.resolve("kandinsky21/movq"), root.resolve("movq"));
        return root;
    }

    private static GeneratedImage draw(WordPainter painter, ImageRequest request) {
        List<GeneratedImage> images = new ArrayList<>();
        painter.paint(List.of(request), images::add);
        return images.get(0);
    }

    private static ImageRequest asked(WordPainter painter, String prompt) {
        return painter.request(prompt).withSeed(SEED).withSteps(2).withGuidance(GUIDANCE);
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private static Tensor embedding(PriorModel prior, String prompt, Lexicon words) {
        return embedding(prior, prior.prior(), prompt, words);
    }

    private static Tensor embedding(PriorModel prior, ImagePrior draws, String prompt, Lexicon words) {
        return new PriorForward(prior.tokenizer(), prior.texts(), draws, 1, new Rng(SEED))
                .draw(List.of(prompt), words, 0);
    }

    private static UnclipPrior against(PriorModel prior, String negative) {
        TokenIds padded = prior.tokenizer().encode(negative);
        List<TokenIds> tokens = List.of(padded.cut(padded.length()));
        return ((UnclipPrior) prior.prior())
                .against(TextCondition.of(prior.texts().encode(tokens, Lexicon.empty()), tokens));
    }

    private static Tensor black(PriorModel prior) {
        int side = prior.requiredVision().encoder().imageSize();
        return prior.requiredVision()
                .encoder()
                .encode(Tensor.zeros(DType.FLOAT32, 1, 3, side, side))
                .projected();
    }

    /** Written out: embedding, decoder, autoencoder. */
    private static int[] expected(Path root, ImageConditions what, ImageConditions instead) {
        try (ModelFolder files = ModelFolder.open(root)) {
            Movq movq = Movq.of(files.config("movq"), files.weights("movq", DType.FLOAT32));
            KandinskyDecoder decoder = new KandinskyDecoder(
                    KandinskyUNet.of(files.config("unet"), files.weights("unet", DType.FLOAT32)),
                    movq,
                    Samplers.of(files.config("scheduler")),
                    2,
                    GUIDANCE);
            Tensor start = new Rng(SEED).normal(Purpose.LATENTS, 0, 0, 4, 8, 8).unsqueeze(0);
            Tensor latents = decoder.sample(
                    what,
                    instead,
                    start,
                    () -> {
                        throw new AssertionError("DDIM draws no noise");
                    },
                    x -> {});
            return pixels(ImageTensor.toImages(movq.decode(latents)).get(0));
        }
    }

    @Test
    void kandinsky22DrawsWhatThePriorSays() throws IOException {
        Path root = kandinsky22();
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open();
                PriorModel prior = prior();
                EmbeddingModel decoder = EmbeddingModel.open(root)) {
            Lexicon words = Lexicon.empty().with("<x>", new Rng(1).normal(Purpose.NOISE, 0, 0, 1, WIDTH));
            Illustrator illustrator = new PriorIllustrator(prior, decoder);
            try (WordPainter painter = illustrator.with(words)) {
                ImageRequest request = asked(painter, "a photo of a <x>");
                GeneratedImage image = draw(painter, request);
                Tensor what = embedding(prior, "a photo of a <x>", words);
                assertArrayEquals(
                        expected(root, ImageConditions.of(what), ImageConditions.of(black(prior))),
                        pixels(image.image()));
                try (UnclipPrior led = against(prior, "a cat")) {
                    assertArrayEquals(
                            expected(
                                    root,
                                    ImageConditions.of(embedding(prior, led, "a photo of a <x>", words)),
                                    ImageConditions.of(embedding(prior, led, "a cat", words))),
                            pixels(draw(painter, request.withNegativePrompt("a cat"))
                                    .image()),
                            "the prior is guided away from a negative prompt, the decoder from its embedding");
                }
                assertArrayEquals(
                        pixels(draw(painter, request.withGuidance(1)).image()),
                        pixels(draw(painter, request.withGuidance(1).withNegativePrompt("a cat"))
                                .image()),
                        "without guidance it is not read");
                assertEquals(
                        "kandinsky-2-2-decoder behind kandinsky-prior",
                        image.settings().model());
                assertEquals(
                        decoder.hash() + "-" + prior.hash(), image.settings().modelHash());
                assertEquals(
                        List.of("<x>"), List.copyOf(image.settings().words().keySet()));
                assertEquals(
                        "the prompt uses <y>, the learned words are [<x>]; add the folder it is in with --word",
                        assertThrows(
                                        IllegalArgumentException.class,
                                        () -> draw(painter, asked(painter, "a photo of a <y>")))
                                .getMessage());
                assertEquals(
                        "width and height must be multiples of 4, got 18x16; the nearest is 20x16",
                        assertThrows(IllegalArgumentException.class, () -> draw(painter, request.withSize(18, 16)))
                                .getMessage());
            }
        }
    }

    @Test
    void kandinsky21IsToldNothingBesideTheEmbedding() throws IOException {
        Path root = GOLDENS.resolve("kandinsky21");
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open();
                PriorModel prior = prior();
                ModelFolder files = ModelFolder.open(root);
                EmbeddingModel decoder = EmbeddingModel.open(root);
                WordPainter painter = new PriorIllustrator(prior, decoder).with(Lexicon.empty())) {
            MultilingualClip text =
                    MultilingualClip.of(files.config("text_encoder"), files.weights("text_encoder", DType.FLOAT32));
            long[] ids = new long[text.maxTokens()]; // 38, fewer than the 77 of the large one
            float[] mask = new float[ids.length];
            Arrays.fill(ids, 1);
            ids[0] = 0;
            ids[1] = 2;
            mask[0] = mask[1] = 1;
            MultilingualClip.Encoding empty =
                    text.encode(Tensor.of(ids, 1, ids.length), Tensor.of(mask, 1, mask.length));
            assertArrayEquals(
                    expected(
                            root,
                            ImageConditions.of(
                                    embedding(prior, "a cat", Lexicon.empty()), empty.states(), empty.projected()),
                            ImageConditions.of(black(prior), empty.states(), empty.projected())),
                    pixels(draw(painter, asked(painter, "a cat")).image()));
        }
    }

    /** The little Stable Diffusion of the reference numbers with a U-Net that reads an embedding too. */
    private Path unclip() throws IOException {
        Path root = folder.resolve("unclip");
        Folders.copy(GOLDENS.resolve("sd-tiny"), root);
        ObjectMapper json = new ObjectMapper();
        Path config = root.resolve("unet/config.json");
        ObjectNode unet = (ObjectNode) json.readTree(config.toFile());
        unet.put("class_embed_type", "projection").put("projection_class_embeddings_input_dim", 2 * WIDTH);
        json.writeValue(config.toFile(), unet);
        Files.createDirectories(root.resolve("image_normalizer"));
        Files.createDirectories(root.resolve("image_noising_scheduler"));
        json.writeValue(root.resolve("image_normalizer/config.json").toFile(), Map.of("embedding_dim", WIDTH));
        json.writeValue(
                root.resolve("image_noising_scheduler/scheduler_config.json").toFile(),
                Map.of("_class_name", "DDPMScheduler", "beta_schedule", "squaredcos_cap_v2"));
        try (Scope scope = Scope.open()) {
            Weights declared = Weights.of(new Initializer(1));
            UNet.of(Config.read(config), declared);
            SafetensorsWriter.write(
                    root.resolve("unet/diffusion_pytorch_model.safetensors"), declared.used(), Map.of());
            SafetensorsWriter.write(
                    root.resolve("image_normalizer/diffusion_pytorch_model.safetensors"),
                    Map.of("mean", Tensor.zeros(DType.FLOAT32, 1, WIDTH), "std", Tensor.ones(DType.FLOAT32, 1, WIDTH)),
                    Map.of());
        }
        return root;
    }

    @Test
    void unclipDrawsWhatThePriorSays() throws IOException {
        try (PriorModel prior = prior();
                EmbeddingModel decoder = EmbeddingModel.open(unclip());
                WordPainter painter = new PriorIllustrator(prior, decoder).with(Lexicon.empty())) {
            int[] cat = pixels(draw(painter, asked(painter, "a cat")).image());
            assertArrayEquals(cat, pixels(draw(painter, asked(painter, "a cat")).image()));
            int[] dog = pixels(draw(painter, asked(painter, "a dog on a beach")).image());
            assertFalse(Arrays.equals(cat, dog), "the prompt acts through the embedding alone");
            String message = String.valueOf(assertThrows(
                            IllegalArgumentException.class,
                            () -> draw(painter, asked(painter, "a cat").withNegativePrompt("a dog")))
                    .getMessage());
            assertTrue(message.endsWith("leave out the negative prompt \"a dog\""), message);
        }
    }

    @Test
    void whatDoesNotFitIsRefused() throws IOException {
        try (PriorModel prior = prior();
                EmbeddingModel decoder = EmbeddingModel.open(kandinsky22());
                Scope scope = Scope.open()) {
            Illustrator illustrator = new PriorIllustrator(prior, decoder);
            Path narrow = folder.resolve("narrow.safetensors");
            new WordFile("<n>", Tensor.zeros(DType.FLOAT32, 1, 8), Map.of()).write(narrow);
            assertThrows(IllegalArgumentException.class, () -> illustrator.open(List.of(narrow)));
            Path fits = folder.resolve("fits.safetensors");
            new WordFile("<f>", Tensor.ones(DType.FLOAT32, 1, WIDTH), Map.of()).write(fits);
            try (WordPainter painter = illustrator.open(List.of(fits))) {
                assertEquals(List.of("<f>"), List.copyOf(painter.words()));
            }
            Path moved = folder.resolve("moved");
            Files.createDirectories(new RunFolder(moved).weights().getParent());
            Files.copy(fits, moved.resolve("f.safetensors"));
            Files.createFile(new RunFolder(moved).weights());
            String message =
                    String.valueOf(assertThrows(CheckpointException.class, () -> illustrator.open(List.of(moved)))
                            .getMessage());
            assertTrue(message.startsWith(moved + " changes weights of a Stable Diffusion"), message);
        }
        String message = String.valueOf(
                assertThrows(CheckpointException.class, () -> EmbeddingModel.open(GOLDENS.resolve("sd-tiny")))
                        .getMessage());
        assertTrue(message.contains("draws no image embeddings"), message);
    }
}
