package dev.hapax.run;

import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.method.disendiff.DisenDiffSettings;
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
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Short runs on the tiny model of the reference numbers that move its weights. */
abstract class WeightRuns {
    static final String PROMPT = "<a> cat and <b> ball";
    static final String KEY = "unet.mid_block.attentions.0.transformer_blocks.0.attn2.to_k.weight";
    static StableDiffusion model;

    /** What a kill looks like from inside. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    Path folder;

    Path picture;

    @BeforeAll
    static void open() throws URISyntaxException {
        model = StableDiffusion.open(
                Path.of(Objects.requireNonNull(WeightRuns.class.getResource("/goldens/sd-tiny"))
                        .toURI()),
                DType.FLOAT32,
                Device.CPU);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @BeforeEach
    void draw() throws IOException {
        picture = draw(folder.resolve("pair.png"), 7919);
    }

    static Path draw(Path file, int colour) throws IOException {
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 400; i++) {
            image.setRGB(i % 20, i / 20, i * colour);
        }
        ImageIO.write(image, "png", file.toFile());
        return file;
    }

    static WeightSettings settings(
            OptionalInt rank, Regularisation prior, Map<Path, String> concepts, OptionalInt export) {
        return new WeightSettings(
                rank, false, 1e-3, 1, prior, true, DisenDiffSettings.SHIPPED, Map.of(), concepts, export);
    }

    static WeightSettings plain() {
        return settings(OptionalInt.empty(), Regularisation.NONE, Map.of(), OptionalInt.empty());
    }

    LearnRequest request(MethodName method, String prompt, List<Word> words, int steps, WeightSettings weights) {
        return new LearnRequest(
                List.of(picture),
                method,
                method.regularisers(),
                prompt,
                List.of("{}"),
                words,
                new LearnRequest.Pace(steps, 0.01, 1, 5, 0.5),
                OptionalInt.empty(),
                weights);
    }

    LearnRequest disenDiff(int steps, WeightSettings weights) {
        return request(MethodName.DISENDIFF, PROMPT, InitWords.of(PROMPT, Map.of(), 1), steps, weights);
    }

    static Map<String, Path> learn(RunFolder out, LearnRequest request, boolean resume, int kill) {
        return new Learning(model, request, out, () -> Instant.EPOCH)
                .run(new Learning.Options(2, 0, resume), (metric, all) -> {
                    if (metric.step() == kill) {
                        throw new Killed();
                    }
                });
    }

    RunFolder learned(String name, LearnRequest request) {
        RunFolder out = new RunFolder(folder.resolve(name));
        learn(out, request, false, Integer.MAX_VALUE);
        return out;
    }

    static float[] weight(StableDiffusion of, String name) {
        int dot = name.indexOf('.');
        try (Scope scope = Scope.open()) {
            return of.part(name.substring(0, dot))
                    .orElseThrow()
                    .weights()
                    .get(name.substring(dot + 1), 24, 16)
                    .toFloats();
        }
    }

    static float[] stored(Path file, String name) {
        try (Scope scope = Scope.open();
                SafetensorsFile opened = SafetensorsFile.open(file)) {
            return opened.tensor(name).toFloats();
        }
    }
}
