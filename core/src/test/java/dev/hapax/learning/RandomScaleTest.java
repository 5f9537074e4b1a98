package dev.hapax.learning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.learning.loss.Denoising;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Word;
import dev.hapax.vision.Raster;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RandomScaleTest {
    private static TinyTeaching tiny;
    private static int side;
    private static RandomScale augmentation;

    @BeforeAll
    static void open() {
        tiny = new TinyTeaching();
        side = 8 * tiny.vae().reduction();
        byte[] white = new byte[side * side * 3];
        Arrays.fill(white, (byte) -1);
        augmentation = new RandomScale(tiny.vae(), side, Map.of("", new Raster(side, side, 3, white)));
    }

    @AfterAll
    static void close() {
        tiny.close();
    }

    @Test
    void scalesAndPrefixesComeAsOftenAsInTheOfficialCode() {
        Map<String, Integer> counts = new TreeMap<>();
        int draws = 1500;
        Example picture = tiny.picture("scene", 3);
        for (int step = 0; step < draws; step++) {
            try (Scope scope = Scope.open()) {
                Augmentation.View view = augmentation.view(picture, false, new Rng(1), step, 0);
                boolean far = List.of("a far away ", "very small ").contains(view.prefix());
                assertEquals(far, view.mask().isPresent());
                assertTrue(augmentation.prefixes().contains(view.prefix()));
                if (view.prefix().isEmpty()) {
                    assertEquals(picture.latents(), view.latents());
                }
                counts.merge(far ? "far" : view.prefix().isEmpty() ? "plain" : "close", 1, Integer::sum);
                counts.merge(view.prefix(), 1, Integer::sum);
            }
        }
        assertEquals(5 + 3 - 1, counts.size() - (counts.containsKey("") ? 1 : 0), counts.toString());
        assertShare(2.0 / 3 * 0.4, counts.get("far"), draws); // 0.27, of 1/3 ... 1 what lies below 0.6
        assertShare(2.0 / 3 * 0.6, counts.get("plain"), draws); // 0.40
        assertShare(1.0 / 3, counts.get("close"), draws);
    }

    private static void assertShare(double expected, Integer count, int draws) {
        double deviation = Math.sqrt(expected * (1 - expected) / draws);
        assertEquals(expected, (double) count / draws, 4 * deviation);
    }

    @Test
    void theMaskLiesInsideThePastedSquare() {
        Example picture = tiny.picture("scene", 3);
        int seen = 0;
        for (int step = 0; step < 200; step++) {
            try (Scope scope = Scope.open()) {
                Augmentation.View view = augmentation.view(picture, false, new Rng(2), step, 0);
                if (view.mask().isPresent()) {
                    seen++;
                    Tensor mask = view.mask().orElseThrow();
                    assertArrayEquals(new long[] {1, 1, 8, 8}, mask.shape());
                    double cells = mask.sum().item();
                    assertTrue(cells >= 1 && cells <= 16, cells + " cells"); // at most 0.6 of 8, without the rim
                    assertEquals(cells, mask.square().sum().item());
                }
            }
        }
        assertTrue(seen > 20);
    }

    /** The picture is white, the rest is grey. */
    @Test
    void theMaskLiesWhereThePictureIsPasted() {
        Example picture = tiny.picture("scene", 3);
        int aside = 0; // where left and top differ
        for (int step = 0; step < 200; step++) {
            try (Scope scope = Scope.open()) {
                Optional<RandomScale.Shown> shown = augmentation.shown(picture, new Rng(2), step, 0);
                if (shown.isEmpty()) {
                    continue;
                }
                float[] pixels = shown.get().pixels().toFloats();
                if (shown.get().mask().isEmpty()) {
                    assertTrue(isWhite(pixels, 0, 0, 8), "nothing but the picture close up");
                    continue;
                }
                Tensor mask = shown.get().mask().orElseThrow();
                float[] cells = mask.toFloats();
                for (int y = 0; y < 8; y++) {
                    for (int x = 0; x < 8; x++) {
                        String where = "step " + step + " at " + x + ", " + y;
                        boolean inside = cells[y * 8 + x] == 1;
                        assertTrue(!inside || isWhite(pixels, x, y, 1), where);
                        boolean within = x > 0 && y > 0 && x < 7 && y < 7 && isWhite(pixels, x - 1, y - 1, 3);
                        assertTrue(inside || !within, where + " should count");
                    }
                }
                aside += Arrays.equals(cells, mask.transpose(2, 3).toFloats()) ? 0 : 1;
            }
        }
        assertTrue(aside > 20);
    }

    /** Whether so many cells in a row and column are white all over. */
    private static boolean isWhite(float[] pixels, int x, int y, int cells) {
        int cell = tiny.vae().reduction();
        for (int i = 0; i < cells * cell * cells * cell; i++) {
            int row = y * cell + i / (cells * cell);
            int column = x * cell + i % (cells * cell);
            if (pixels[row * side + column] != 1) {
                return false;
            }
        }
        return true;
    }

    @Test
    void theMaskIsMirroredWithItsPicture() {
        Method<DenoisingPass> method = new Method<>(
                "test", "", List.of(Word.of("<a>", "cat")), PromptPlan.fixed("a <a> cat"), List.of(new Denoising()));
        int aside = 0;
        for (int step = 0; step < 10; step++) {
            try (Scope scope = Scope.open()) {
                Optional<Tensor> plain = mask(method, 0, step);
                Optional<Tensor> mirrored = mask(method, 1, step);
                assertEquals(plain.isPresent(), mirrored.isPresent());
                if (plain.isPresent()) {
                    float[] flipped = plain.get().flip(3).toFloats();
                    assertArrayEquals(flipped, mirrored.orElseThrow().toFloats());
                    aside += Arrays.equals(flipped, plain.get().toFloats()) ? 0 : 1;
                }
            }
        }
        assertTrue(aside > 2);
    }

    private static Optional<Tensor> mask(Method<DenoisingPass> method, double flip, int step) {
        DenoisingForward some = tiny.forward(2, augmentation);
        DenoisingForward forward = new DenoisingForward(
                some.tokenizer(),
                some.encoder(),
                some.unet(),
                some.vae(),
                some.schedule(),
                some.pictures(),
                2,
                flip,
                some.rng(),
                some.tunable(),
                augmentation,
                false);
        Lexicon words =
                Lexicon.empty().with("<a>", forward.initial(method.words().get(0)));
        return forward.pass(method, Learned.of(words), step).mask();
    }

    @Test
    void theRimOfOneCellIsLeftOut() {
        int cell = tiny.vae().reduction();
        try (Scope scope = Scope.open()) {
            float[] mask = augmentation.mask(0, cell, 4 * cell).toFloats(); // cells 0..3 across, 1..4 down
            for (int y = 0; y < 8; y++) {
                for (int x = 0; x < 8; x++) {
                    assertEquals(x >= 1 && x <= 2 && y >= 2 && y <= 3 ? 1 : 0, mask[y * 8 + x], x + ", " + y);
                }
            }
            assertEquals(1, augmentation.mask(0, 0, 2).sum().item(), "one cell at least");
        }
    }

    @Test
    void theLossReadsTheMaskAndThePromptSaysWhatIsSeen() {
        Method<DenoisingPass> method = new Method<>(
                "test",
                "",
                List.of(Word.of("<a>", "cat")),
                PromptPlan.fixed("photo of a <a> cat"),
                List.of(new Denoising()));
        DenoisingForward forward = tiny.forward(4, augmentation, "a cat");
        forward.check(method);
        int prefixed = 0;
        for (int step = 0; step < 5; step++) {
            try (Scope scope = Scope.open()) {
                Lexicon words = Lexicon.empty()
                        .with("<a>", forward.initial(method.words().get(0)));
                DenoisingPass pass = forward.pass(method, Learned.of(words), step);
                for (int i = 0; i < 4; i++) {
                    String prompt = pass.prompts().get(i).prompt();
                    assertTrue(prompt.endsWith("photo of a <a> cat"), prompt);
                    boolean far = prompt.startsWith("a far") || prompt.startsWith("very");
                    prefixed += prompt.startsWith("photo") ? 0 : 1;
                    double covered = pass.mask()
                            .map(mask -> mask.narrow(0, 0, 4))
                            .orElseGet(() -> Tensor.ones(pass.target().dtype(), 4, 1, 8, 8))
                            .select(0, i)
                            .sum()
                            .item();
                    assertEquals(far, covered < 64, prompt);
                }
                assertTrue(pass.regularisers().orElseThrow().mask().stream()
                        .allMatch(mask -> mask.sum().item() == 4 * 64));
            }
        }
        assertTrue(prefixed > 4);
    }
}
