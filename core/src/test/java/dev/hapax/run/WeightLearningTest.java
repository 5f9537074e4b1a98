package dev.hapax.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.diffusion.PngImages;
import dev.hapax.diffusion.SinglePromptEncoder;
import dev.hapax.learning.Example;
import dev.hapax.learning.PictureFile;
import dev.hapax.tensor.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WeightLearningTest extends WeightRuns {
    @Test
    void anInterruptedRunReachesTheSameBits() throws IOException {
        WeightSettings weights =
                settings(OptionalInt.empty(), Regularisation.generated(2, "cat and ball"), Map.of(), OptionalInt.of(2));
        RunFolder whole = learned("whole", disenDiff(5, weights));
        RunFolder killed = new RunFolder(folder.resolve("killed"));
        assertThrows(Killed.class, () -> learn(killed, disenDiff(5, weights), false, 3));
        assertFalse(Files.exists(killed.weights()));
        learn(killed, disenDiff(5, weights), true, Integer.MAX_VALUE);
        for (Path file : List.of(
                whole.weights(),
                whole.lora(),
                whole.state(),
                whole.metrics(),
                whole.root().resolve("a.safetensors"))) {
            Path other = killed.root().resolve(whole.root().relativize(file).toString());
            assertEquals(-1, Files.mismatch(file, other), file.toString());
        }
        assertEquals(
                List.of("0000.png", "0001.png"),
                Arrays.stream(Objects.requireNonNull(
                                whole.regularising().toFile().list()))
                        .sorted()
                        .toList());
        assertEquals(
                "cat and ball",
                PngImages.read(whole.regularising().resolve("0000.png"))
                        .settings()
                        .orElseThrow()
                        .prompt());
    }

    @Test
    void aRunMayGoOnWithCheckpointingOrWithout() throws IOException {
        RunFolder plain = learned("plain", disenDiff(4, plain()));
        RunFolder mixed = new RunFolder(folder.resolve("mixed"));
        assertThrows(
                Killed.class,
                () -> new Learning(model, disenDiff(4, plain()), mixed, () -> Instant.EPOCH)
                        .run(new Learning.Options(2, 0, false, true), (metric, all) -> {
                            if (metric.step() == 3) {
                                throw new Killed();
                            }
                        }));
        learn(mixed, disenDiff(4, plain()), true, Integer.MAX_VALUE);
        assertArrayEquals(stored(plain.weights(), KEY), stored(mixed.weights(), KEY), 1e-5f);
        assertEquals(
                Config.read(plain.record()).object("settings").json(),
                Config.read(mixed.record()).object("settings").json(),
                "nothing is said of it");
    }

    @Test
    void dreamBoothNeedsNoWord() {
        RunFolder out = learned("out", request(MethodName.DREAMBOOTH, "a photo of sks cat", List.of(), 2, plain()));
        assertEquals(0, out.wordFiles(List.of()).size());
        try (Painter painter = Painter.open(model, List.of(out.root()))) {
            assertTrue(painter.words().isEmpty());
            painter.paintTo(
                    folder.resolve("x.png"),
                    painter.request("a photo of sks cat").withSteps(2));
        }
    }

    @Test
    void severalConceptsHavePicturesOfTheirOwn() throws IOException {
        Path other = draw(folder.resolve("balls").resolve("ball.png"), 104729);
        Map<Path, String> concepts = new LinkedHashMap<>();
        concepts.put(picture, "<a> cat");
        concepts.put(other.getParent(), "<b> ball");
        WeightSettings weights = settings(OptionalInt.empty(), Regularisation.NONE, concepts, OptionalInt.empty());
        LearnRequest request = new LearnRequest(
                List.of(picture, other.getParent()),
                MethodName.CUSTOM_DIFFUSION,
                MethodName.CUSTOM_DIFFUSION.regularisers(),
                PROMPT,
                List.of("photo of a {}"),
                InitWords.of(PROMPT, Map.of(), 1),
                new LearnRequest.Pace(3, 0.01, 2, 5, 0),
                OptionalInt.empty(),
                weights);
        assertEquals(
                2,
                learn(new RunFolder(folder.resolve("out")), request, false, Integer.MAX_VALUE)
                        .size());
    }

    @Test
    void eachPictureOfAConceptIsShownWithItsOwnPrompt() throws IOException {
        Path other = draw(folder.resolve("ball.png"), 104729);
        WeightSettings weights = settings(
                OptionalInt.empty(),
                Regularisation.NONE,
                Map.of(picture, "<a> cat", other, "<b> ball"),
                OptionalInt.empty());
        for (MethodName method : List.of(MethodName.CUSTOM_DIFFUSION, MethodName.DREAMBOOTH)) {
            LearnRequest request = new LearnRequest(
                    List.of(picture, other),
                    method,
                    method.regularisers(),
                    PROMPT,
                    List.of("photo of a {}"),
                    InitWords.of(PROMPT, Map.of(), 1),
                    new LearnRequest.Pace(3, 0.01, 2, 5, 0),
                    OptionalInt.empty(),
                    weights);
            List<PictureFile> files = PictureFile.readAll(request.pictures());
            try (Scope scope = Scope.open()) {
                var prompts =
                        request.build(files, SinglePromptEncoder.of(model)).prompts();
                Example ball = files.get(1).encode(model.vae(), 16);
                assertEquals(List.of("photo of a <b> ball"), prompts.all(ball), method.toString());
                assertFalse(prompts.holds(ball, request.words().get(0)), method.toString());
            }
        }
    }

    @Test
    void pictureAndCaptionOfAFolderRegularise() throws IOException {
        Path prior = folder.resolve("prior");
        draw(prior.resolve("one.png"), 31);
        draw(prior.resolve("two.png"), 37);
        Files.writeString(prior.resolve("two.txt"), "a ball on grass\n");
        RegularisingPictures pictures = new RegularisingPictures(
                Regularisation.from(prior, "a cat"), model, new RunFolder(folder.resolve("out")), 1);
        try (Scope scope = Scope.open()) {
            var examples = pictures.examples(pictures.files((metric, all) -> {}), 16);
            assertEquals("a cat", examples.get(0).regularises().orElseThrow());
            assertEquals("a ball on grass", examples.get(1).regularises().orElseThrow());
        }
        Path empty = Files.createDirectories(folder.resolve("empty"));
        String message = assertThrows(
                        CheckpointException.class,
                        () -> learned(
                                "out",
                                disenDiff(
                                        2,
                                        settings(
                                                OptionalInt.empty(),
                                                Regularisation.from(empty, "a cat"),
                                                Map.of(),
                                                OptionalInt.empty()))))
                .getMessage();
        assertTrue(message.contains("empty has no pictures"), message);
    }
}
