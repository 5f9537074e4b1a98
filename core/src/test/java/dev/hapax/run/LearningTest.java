package dev.hapax.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.WordFile;
import dev.hapax.diffusion.SinglePromptEncoder;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.learning.PictureFile;
import dev.hapax.measure.HeatMap;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.tensor.Scope;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningTest {
    private static final String PROMPT = "a brown <a> cat and a rolling <b> ball";
    private static final int STEPS = 8;
    private static StableDiffusion model;

    /** What a kill looks like from inside. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @TempDir
    private Path folder;

    private Path picture;

    @BeforeAll
    static void open() throws URISyntaxException {
        model = StableDiffusion.open(
                Path.of(Objects.requireNonNull(LearningTest.class.getResource("/goldens/sd-tiny"))
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
        picture = folder.resolve("pair.png");
        BufferedImage image = new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 400; i++) {
            image.setRGB(i % 20, i / 20, i * 7919);
        }
        ImageIO.write(image, "png", picture.toFile());
    }

    @Test
    void anInterruptedRunReachesTheSameBits() throws IOException {
        RunFolder whole = new RunFolder(folder.resolve("whole"));
        learn(whole, MethodName.MCPL, STEPS, false, Integer.MAX_VALUE);
        RunFolder killed = new RunFolder(folder.resolve("killed"));
        assertThrows(Killed.class, () -> learn(killed, MethodName.MCPL, STEPS, false, 5));
        Path word = killed.root().resolve("a.safetensors");
        assertNotEquals(-1, Files.mismatch(word, whole.root().resolve("a.safetensors")), "it was not finished");
        learn(killed, MethodName.MCPL, STEPS, true, Integer.MAX_VALUE);
        for (String file : List.of("a.safetensors", "b.safetensors", "metrics.jsonl", "resume/state.safetensors")) {
            assertEquals(
                    -1, Files.mismatch(whole.root().resolve(file), killed.root().resolve(file)), file);
        }
    }

    @Test
    void aFinishedRunCanBeMadeLonger() throws IOException {
        RunFolder whole = new RunFolder(folder.resolve("whole"));
        learn(whole, MethodName.MCPL_ONE, STEPS, false, Integer.MAX_VALUE);
        RunFolder longer = new RunFolder(folder.resolve("longer"));
        learn(longer, MethodName.MCPL_ONE, 4, false, Integer.MAX_VALUE);
        learn(longer, MethodName.MCPL_ONE, STEPS, true, Integer.MAX_VALUE);
        assertEquals(
                -1,
                Files.mismatch(
                        whole.root().resolve("a.safetensors"), longer.root().resolve("a.safetensors")));
    }

    @Test
    void theFolderTellsEverything() {
        RunFolder out = new RunFolder(folder.resolve("out"));
        byte[] before = table();
        Map<String, Path> files = learn(out, MethodName.MCPL, STEPS, false, Integer.MAX_VALUE);
        assertArrayEquals(before, table(), "the vocabulary is never touched");
        assertEquals(List.of("<a>", "<b>"), List.copyOf(files.keySet()));
        try (Scope scope = Scope.open()) {
            WordFile word = WordFile.read(Objects.requireNonNull(files.get("<b>")));
            assertEquals("<b>", word.token());
            assertEquals("ball", word.metadata().get("init"));
            assertEquals("mcpl", word.metadata().get("method"));
            assertEquals(Integer.toString(STEPS), word.metadata().get("steps"));
            assertEquals(model.hash(), word.metadata().get("model_sha256"));
            assertEquals(PictureFile.read(picture).sha256(), word.metadata().get("pictures_sha256"));
        }
        Config record = Config.read(out.record());
        assertTrue(record.flag("finished", false));
        assertEquals(PROMPT, record.object("settings").text("prompt"));
        assertEquals(64, record.object("words_sha256").text("<a>").length());
        List<Metric> metrics = MetricsLog.read(out.metrics());
        assertEquals(STEPS, metrics.size());
        assertEquals(STEPS, metrics.get(STEPS - 1).step());
        assertEquals(
                List.of("masked denoising", "prompt contrast"),
                List.copyOf(metrics.get(0).losses().keySet()));
        assertNotEquals(
                metrics.get(0).norms().get("<a>"),
                metrics.get(STEPS - 1).norms().get("<a>"));
    }

    @Test
    void everyMethodRuns() {
        for (MethodName method : MethodName.values()) {
            if (!method.oneWord()) {
                String sentence = method == MethodName.MCPL_DIVERSE ? PROMPT + " RELATE" : PROMPT;
                LearnRequest request = request(method, sentence, 2);
                RunFolder out = new RunFolder(folder.resolve(method.toString()));
                Map<String, Path> files = new Learning(model, request, out, () -> Instant.EPOCH)
                        .run(Learning.Options.DEFAULT, (metric, steps) -> {});
                int expected = switch (method) {
                    case MCPL_ALL -> 8;
                    case MATTE -> 4;
                    case MCPL_DIVERSE -> 3;
                    default -> 2;
                };
                assertEquals(expected, files.size(), method.toString());
            }
        }
        LearnRequest single = request(MethodName.TEXTUAL_INVERSION, "a brown <a> cat", 2);
        RunFolder out = new RunFolder(folder.resolve("single"));
        new Learning(model, single, out, () -> Instant.EPOCH).run(Learning.Options.DEFAULT, (metric, steps) -> {});
        assertTrue(Files.exists(out.root().resolve("a.safetensors")));
    }

    @Test
    void anotherRunIsNotOverwritten() {
        RunFolder out = new RunFolder(folder.resolve("out"));
        assertMistake("holds no run to go on with", () -> learn(out, MethodName.MCPL, 2, true, Integer.MAX_VALUE));
        learn(out, MethodName.MCPL, 2, false, Integer.MAX_VALUE);
        assertMistake("holds a run already", () -> learn(out, MethodName.MCPL, 2, false, Integer.MAX_VALUE));
        assertMistake(
                "had other settings: method was \"mcpl\" and is now \"mcpl-one\"",
                () -> learn(out, MethodName.MCPL_ONE, 2, true, Integer.MAX_VALUE));
    }

    @Test
    void wordsDrawAndLook() {
        RunFolder out = new RunFolder(folder.resolve("out"));
        learn(out, MethodName.MCPL, 2, false, Integer.MAX_VALUE);
        try (Painter painter = Painter.open(model, List.of(out.root()))) {
            Path image = folder.resolve("images").resolve("x.png");
            painter.paintTo(image, painter.request("<a> and <b>").withSteps(2));
            assertTrue(Files.exists(image));
            assertMistake("uses <c>", () -> painter.requireWords("<a> and <c>"));
            assertMistake("holds none of the words", () -> painter.requireWords("a cat"));
            PictureFile file = PictureFile.read(picture);
            Map<String, HeatMap> maps = painter.attention(file, PROMPT, 1);
            HeatMap map = Objects.requireNonNull(maps.get("<a>"));
            assertEquals(8, map.height());
            assertArrayEquals(
                    map.values(),
                    Objects.requireNonNull(painter.attention(file, PROMPT, 1).get("<a>"))
                            .values());
            float[] other = Objects.requireNonNull(maps.get("<b>")).values();
            for (int i = 0; i < other.length; i++) {
                double both = map.values()[i] + other[i];
                assertTrue(both > 0 && both < 1, "shares of one attention, got " + both);
            }
        }
    }

    @Test
    void twoFilesMustNotDefineOneWord() throws IOException {
        RunFolder out = new RunFolder(folder.resolve("out"));
        learn(out, MethodName.MCPL, 2, false, Integer.MAX_VALUE);
        Path copy = Files.copy(out.root().resolve("a.safetensors"), folder.resolve("copy.safetensors"));
        String message = assertThrows(CheckpointException.class, () -> Painter.open(model, List.of(out.root(), copy)))
                .getMessage();
        assertTrue(message.contains("two files hold the word <a>") && message.contains("copy"), message);
    }

    private Map<String, Path> learn(RunFolder out, MethodName method, int steps, boolean resume, int kill) {
        return new Learning(model, request(method, PROMPT, steps), out, () -> Instant.EPOCH)
                .run(new Learning.Options(3, 0, resume), (metric, all) -> {
                    assertFalse(metric.step() > all);
                    if (metric.step() == kill) {
                        throw new Killed();
                    }
                });
    }

    private LearnRequest request(MethodName method, String prompt, int steps) {
        return new LearnRequest(
                List.of(picture),
                method,
                method.regularisers(),
                prompt,
                List.of("{}", "a photo of {}"),
                InitWords.of(prompt, Map.of(), 1),
                new LearnRequest.Pace(steps, 0.01, 2, 5, 0.5),
                OptionalInt.empty());
    }

    private static byte[] table() {
        return ((SinglePromptEncoder) model.text()).encoder().tokenTable().toBytes();
    }

    private static void assertMistake(String reason, org.junit.jupiter.api.function.Executable body) {
        String message = assertThrows(IllegalArgumentException.class, body).getMessage();
        assertTrue(message.contains(reason), message);
    }
}
