package dev.hapax.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.diffusion.PngImages;
import dev.hapax.learning.Framing;
import dev.hapax.learning.PictureFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
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

    /** Of pictures, of their views far away and close up, and of what regularises. */
    @Test
    void theMiddleOfAPhotographIsLearned() throws IOException {
        BufferedImage wide = new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB);
        for (String name : List.of("subject", "prior")) {
            for (int i = 0; i < 30 * 20; i++) {
                wide.setRGB(i % 30, i / 30, i * (name.equals("prior") ? 7919 : 104729));
            }
            write(wide, folder.resolve("photos").resolve(name));
            write(wide.getSubimage(5, 0, 20, 20), folder.resolve("squares").resolve(name));
        }
        List<String> heard = new ArrayList<>();
        RunFolder cropped = learned("photos", Framing.CROP, heard);
        assertEquals(List.of("x"), heard);
        RunFolder squares = learned("squares", Framing.CROP, heard);
        assertArrayEquals(stored(squares.weights(), KEY), stored(cropped.weights(), KEY));
        RunFolder squeezed = learned("photos", Framing.SQUEEZE, heard);
        assertFalse(Arrays.equals(stored(squeezed.weights(), KEY), stored(cropped.weights(), KEY)));
        assertEquals(1, heard.size(), "nothing is cut off then");
        assertTrue(Config.read(squeezed.record()).object("settings").flag("squeeze", false));
    }

    private static void write(BufferedImage image, Path to) throws IOException {
        ImageIO.write(image, "png", Files.createDirectories(to).resolve("x.png").toFile());
    }

    private RunFolder learned(String root, Framing framing, List<String> cropped) {
        RunFolder out = new RunFolder(folder.resolve(root + "-" + framing));
        Regularisation prior = Regularisation.from(folder.resolve(root).resolve("prior"), "a cat");
        LearnRequest request = new LearnRequest(
                        List.of(folder.resolve(root).resolve("subject")),
                        MethodName.DISENDIFF,
                        MethodName.DISENDIFF.regularisers(),
                        PROMPT,
                        List.of("{}"),
                        InitWords.of(PROMPT, Map.of(), 1),
                        new LearnRequest.Pace(6, 0.01, 1, 5, 0.5),
                        OptionalInt.empty(),
                        settings(OptionalInt.empty(), prior, Map.of(), OptionalInt.empty()))
                .framed(framing);
        new Learning(model, request, out, () -> Instant.EPOCH).run(Learning.Options.DEFAULT, new Learning.Listener() {
            @Override
            public void step(Metric metric, long steps) {}

            @Override
            public void cropped(List<PictureFile> pictures) {
                pictures.forEach(picture -> cropped.add(picture.name()));
            }
        });
        return out;
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
    void eachClassIsDrawnToBeRemembered() throws IOException {
        List<String> turns = List.of("a cat", "a ball", "a cat");
        RegularisingPictures pictures = new RegularisingPictures(
                Regularisation.generated(3, "a cat", "a ball"), model, new RunFolder(folder.resolve("out")), 1);
        List<PictureFile> files = pictures.files((metric, all) -> {});
        assertEquals(turns, files.stream().map(pictures::caption).toList());
        assertEquals(
                turns,
                files.stream()
                        .map(file -> PngImages.read(file.path())
                                .settings()
                                .orElseThrow()
                                .prompt())
                        .toList());
        assertThrows(IllegalArgumentException.class, () -> Regularisation.generated(1, "a cat", "a ball"));
    }

    @Test
    void whatRegularisesMayMoveButNotChange() throws IOException {
        Path prior = folder.resolve("prior");
        draw(prior.resolve("one.png"), 31);
        RunFolder out = new RunFolder(folder.resolve("out"));
        assertThrows(Killed.class, () -> learn(out, remindedBy(prior), false, 3));
        Path moved = Files.move(prior, folder.resolve("moved"));
        draw(moved.resolve("one.png"), 37);
        assertOther(out, moved);
        draw(moved.resolve("one.png"), 31);
        Files.writeString(moved.resolve("one.txt"), "a ball");
        assertOther(out, moved);
        Files.delete(moved.resolve("one.txt"));
        assertEquals(2, learn(out, remindedBy(moved), true, Integer.MAX_VALUE).size());
    }

    private LearnRequest remindedBy(Path prior) {
        return disenDiff(
                4, settings(OptionalInt.empty(), Regularisation.from(prior, "a cat"), Map.of(), OptionalInt.empty()));
    }

    private void assertOther(RunFolder out, Path prior) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> learn(out, remindedBy(prior), true, Integer.MAX_VALUE))
                .getMessage();
        assertTrue(message.contains("had other settings: weights was"), message);
    }

    @Test
    void pictureAndCaptionOfAFolderRegularise() throws IOException {
        Path prior = folder.resolve("prior");
        draw(prior.resolve("one.png"), 31);
        draw(prior.resolve("two.png"), 37);
        Files.writeString(prior.resolve("two.txt"), "a ball on grass\n");
        RegularisingPictures pictures = new RegularisingPictures(
                Regularisation.from(prior, "a cat"), model, new RunFolder(folder.resolve("out")), 1);
        List<PictureFile> files = pictures.files((metric, all) -> {});
        assertEquals("a cat", pictures.caption(files.get(0)));
        assertEquals("a ball on grass", pictures.caption(files.get(1)));
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
