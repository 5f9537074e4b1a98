package dev.hapax.app.demo;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.app.TinyModel;
import dev.hapax.app.model.BundledModel;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.measure.ClipJudge;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordStatisticsTest {
    private static final List<Long> HELD_OUT =
            LongStream.range(80_000_000, 80_000_010).boxed().toList(); // never looked at while developing

    @TempDir
    private Path folder;

    /** The bar of the project: hours. {@code mvn -Pslow verify}, or with another model by -Dhapax.model=DIR. */
    @Test
    @Tag("slow")
    void theRegularisersKeepWordsApart() {
        String given = System.getProperty("hapax.model", "");
        Path path = given.isEmpty() ? BundledModel.unpack(System.getenv()) : Path.of(given);
        List<Comparison.Mean> means = compare(path, Effort.USUAL, HELD_OUT);
        means.forEach(System.out::println);
        Comparison.Mean all = means.get(0);
        Comparison.Mean one = means.get(1);
        Comparison.Mean masked = means.get(3);
        Comparison.Mean whole = means.get(4);
        assertAll(
                () -> assertTrue(whole.overlap() >= 0.5, "looks at its thing: " + whole),
                () -> assertTrue(whole.ownShare() >= 0.85, "draws its own thing: " + whole),
                () -> assertTrue(masked.overlap() > one.overlap() && one.overlap() > all.overlap(), "order: " + means),
                () -> assertTrue(
                        masked.ownShare() > one.ownShare() && one.ownShare() > all.ownShare(), "order: " + means));
    }

    @Test
    void everyRowIsAMeanOverAllWords() throws IOException {
        Path model = TinyModel.withClip(folder.resolve("model"));
        Effort little = new Effort(1, 1e-3, 2, 1, 4, 1, 1, 2);
        List<Comparison.Mean> means = compare(model, little, List.of(1L, 2L));
        assertEquals(
                List.of(
                        "all",
                        "one",
                        "one + PromptCL",
                        "one + PromptCL + AttnMask",
                        "one + PromptCL + AttnMask + Bind adj."),
                means.stream().map(Comparison.Mean::row).toList());
        for (Comparison.Mean mean : means) {
            assertEquals(4, mean.words());
            assertEquals(0, mean.ownShare() * 8 % 1, 1e-9, "eight images in all: " + mean);
            assertTrue(mean.overlap() >= 0 && mean.overlap() <= 1 && Math.abs(mean.fidelity()) <= 1, mean.toString());
        }
    }

    private List<Comparison.Mean> compare(Path path, Effort effort, List<Long> scenes) {
        try (StableDiffusion model = StableDiffusion.open(path, DType.FLOAT32, Device.CPU);
                ClipJudge judge = ClipJudge.open(path)) {
            return new Comparison(model, judge, effort, 7).over(scenes, folder.resolve("out"), (work, note) -> {});
        }
    }
}
