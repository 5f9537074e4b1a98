package dev.hapax.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.WordFile;
import dev.hapax.diffusion.ImageRequest;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.diffusion.StartImage;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.tensor.Scope;
import dev.hapax.text.Word;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words with cells, learned with a model of sixteen layers. */
class CellLearningTest {
    private static StableDiffusion model;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() throws URISyntaxException {
        model = StableDiffusion.open(
                Path.of(Objects.requireNonNull(CellLearningTest.class.getResource("/goldens/sd15"))
                        .toURI()),
                DType.FLOAT32,
                Device.CPU);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void aWordOfSixteenLayersIsWrittenInThreeForms() throws IOException {
        Map<String, Path> files = learn(MethodName.PPLUS, "<a>", List.of(Word.of("<a>", "cat")), "p");
        try (Scope scope = Scope.open()) {
            WordFile own = WordFile.read(Objects.requireNonNull(files.get("<a>")));
            assertArrayEquals(new long[] {16, 1, 32}, own.vectors().shape());
            WordFile kohya = WordFile.read(folder.resolve("p/xti/a.safetensors"));
            assertEquals("a", kohya.token());
            assertArrayEquals(own.vectors().toFloats(), kohya.vectors().toFloats());
            WordFile flat = WordFile.read(folder.resolve("p/flattened/a.safetensors"));
            assertArrayEquals(
                    own.vectors().mean(false, 0).toFloats(), flat.vectors().toFloats());
        }
        Path kohya = Files.copy(folder.resolve("p/xti/a.safetensors"), folder.resolve("zork.safetensors"));
        try (Painter painter = Painter.open(model, List.of(kohya))) { // its word is called by its file
            painter.paintTo(folder.resolve("x.png"), painter.request("x zork y").withSteps(2));
        }
        assertTrue(Files.exists(folder.resolve("x.png")));
    }

    @Test
    void matteIsLearnedFromThePictureAlone() throws IOException {
        Map<String, Path> files = learn(MethodName.MATTE, "a [<c> colored] <o>", List.of(), "m");
        assertEquals(List.of("<c>", "<s>", "<o>", "<l>"), List.copyOf(files.keySet()));
        assertFalse(Files.exists(folder.resolve("m/flattened")), "its words are plain vectors");
        try (Painter painter = Painter.open(model, List.of(folder.resolve("m")))) {
            ImageRequest request =
                    painter.request("a <o> in <s> style following layout <l>").withSampler("ddim");
            assertEquals(List.of(), painter.idle(request, Optional.empty()));
            StartImage start = new StartImage(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB), 0.7);
            List<String> lines = painter.idle(request, Optional.of(start));
            assertEquals(1, lines.size(), lines.toString());
            assertTrue(lines.get(0).startsWith("<l> is read from t = 800 on"), lines.toString());
            StartImage late = new StartImage(new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB), 0.5);
            assertEquals(2, painter.idle(request, Optional.of(late)).size(), "nor the style");
            painter.paintTo(folder.resolve("y.png"), request.withSteps(4));
        }
    }

    private Map<String, Path> learn(MethodName method, String prompt, List<Word> words, String out) throws IOException {
        LearnRequest request = new LearnRequest(
                        List.of(WeightRuns.draw(folder.resolve("pair.png"), 7919)),
                        method,
                        method.regularisers(),
                        prompt,
                        List.of("{}"),
                        words,
                        new LearnRequest.Pace(2, 5e-3, 2, 7, 0),
                        OptionalInt.empty(),
                        WeightSettings.plain(1))
                .in(CellSettings.DEFAULT.withClass("cat"));
        RunFolder run = new RunFolder(folder.resolve(out));
        return new Learning(model, request, run, () -> Instant.EPOCH)
                .run(Learning.Options.DEFAULT, (metric, steps) -> {});
    }
}
