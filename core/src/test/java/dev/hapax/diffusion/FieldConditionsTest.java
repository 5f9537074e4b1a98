package dev.hapax.diffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.attention.AttentionLayer;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.CellTable;
import dev.hapax.text.LayerGroups;
import dev.hapax.text.Lexicon;
import dev.hapax.text.Outside;
import dev.hapax.text.Placement;
import dev.hapax.text.PromptField;
import dev.hapax.text.PromptRenderer;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FieldConditionsTest {
    private static Scope scope;
    private static StableDiffusion model;
    private static List<AttentionLayer> layers;

    @BeforeAll
    static void open() {
        scope = Scope.open();
        model = open("sd15");
        layers = model.unet().crossAttentionLayers();
    }

    @AfterAll
    static void close() {
        model.close();
        scope.close();
    }

    private static StableDiffusion open(String name) {
        try {
            Path folder = Path.of(Objects.requireNonNull(FieldConditionsTest.class.getResource("/goldens/" + name))
                    .toURI());
            return StableDiffusion.open(folder, DType.FLOAT32, Device.CPU);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void sixteenLikeVectorsDrawWhatOneDraws() {
        assertEquals(16, layers.size());
        Tensor row = noise(1);
        Lexicon plain = Lexicon.empty().with("<a>", row);
        Lexicon alike = Lexicon.empty().with("<a>", row.repeat(16, 1), CellTable.perLayer(16));
        List<float[]> expected = latents(plain, "a <a>");
        assertSameLatents(expected, latents(alike, "a <a>"));
        Lexicon other = Lexicon.empty()
                .with("<a>", Tensor.cat(List.of(row.repeat(15, 1), noise(2)), 0), CellTable.perLayer(16));
        assertFalse(
                java.util.Arrays.equals(expected.get(0), latents(other, "a <a>").get(0)), "the last layer reads");
    }

    @Test
    void aTextThatIsNeverReachedChangesNothing() {
        Lexicon none = Lexicon.empty();
        assertSameLatents(latents(none, "a cat"), latents(none, "a cat {1000-2000: on a ball}"));
        assertFalse(java.util.Arrays.equals(
                latents(none, "a cat").get(0),
                latents(none, "a cat {900-1000: on a ball}").get(0)));
    }

    @Test
    void layoutActsFromTheFirstStepAndTheObjectNotBefore800() {
        CellTable table = new CellTable(LayerGroups.byDepth(layers), List.of(200, 600, 800));
        Lexicon one = matte(table, noise(1), noise(2));
        List<float[]> before = latents(one, "[<l>] [<o>] cat");
        assertFalse(java.util.Arrays.equals(
                before.get(0),
                latents(matte(table, noise(3), noise(2)), "[<l>] [<o>] cat").get(0)));
        List<float[]> object = latents(matte(table, noise(1), noise(3)), "[<l>] [<o>] cat");
        int last = 0; // of ten steps, those at t >= 800
        while (timesteps.get(last + 1) >= 800) {
            last++;
        }
        assertTrue(last >= 1, "steps above 800: " + timesteps);
        assertArrayEquals(before.get(last), object.get(last));
        assertFalse(java.util.Arrays.equals(before.get(last + 1), object.get(last + 1)));
    }

    private static Lexicon matte(CellTable table, Tensor layout, Tensor object) {
        return Lexicon.empty()
                .with("<l>", layout)
                .placing("<l>", new Placement(table, List.of(3 * 3), Outside.DROP, "", List.of()))
                .with("<o>", object)
                .placing("<o>", new Placement(table, List.of(3, 2 * 3), Outside.DROP, "", List.of()));
    }

    @Test
    void conditionsStayTheSameObjectWithinAStage() {
        PromptField field = PromptRenderer.render("a cat {500-1000: on a ball}", Lexicon.empty(), layers);
        Conditions conditions =
                FieldConditions.of(model.text(), field, List.of(Lexicon.empty()), model.nativeSize(), layers);
        assertSame(conditions.at(999), conditions.at(500));
        assertSame(conditions.at(499), conditions.at(0));
        assertFalse(conditions.at(499) == conditions.at(500));
        assertSame(conditions.at(0).text().at(3), conditions.at(0).text().at(9), "one text for all layers");
    }

    @Test
    void wordsForOtherModelsAndBoxesAreRefused() {
        Lexicon words = Lexicon.empty().with("<a>", noise(1).repeat(7, 1), CellTable.perLayer(7));
        String message = assertThrows(IllegalArgumentException.class, () -> latents(words, "a <a>"))
                .getMessage();
        assertTrue(message.startsWith("<a> is divided among 7 layers that read text, here there are 16;"), message);
        ImageRequest boxed = request("a {500-1000: red} cat").withBoxes(List.of(WordBox.parse("cat=0.1,0.1,0.5,0.5")));
        String boxes = assertThrows(
                        IllegalArgumentException.class,
                        () -> ImageGenerator.of(model).generate(boxed))
                .getMessage();
        assertTrue(boxes.contains("boxes"), boxes);
    }

    @Test
    void aModelWithTwoEncodersReadsStagesAndRefusesGroups() {
        try (StableDiffusion sdxl = open("sdxl")) {
            ImageGenerator generator = ImageGenerator.of(sdxl);
            assertEquals(
                    1,
                    generator.generate(request("a cat {500-1000: on a ball}")).size());
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> generator.generate(request("{inner: a cat}{outer: a ball}")))
                    .getMessage();
            assertTrue(message.contains("SDXL"), message);
        }
    }

    @Test
    void noNegativePromptIsZerosForSdxlWhateverWordsAreLoaded() {
        try (StableDiffusion sdxl = open("sdxl");
                Scope own = Scope.open()) {
            CellTable stages = CellTable.stages(2);
            Rng rng = new Rng(1);
            Lexicon one = Lexicon.empty().with("<a>", rng.normal(Purpose.NOISE, 0, 0, 2, 32), stages);
            Lexicon two = Lexicon.empty().with("<a>", rng.normal(Purpose.NOISE, 0, 1, 2, 24), stages);
            ImageGenerator generator = ImageGenerator.of(sdxl);
            List<float[]> latents = new ArrayList<>();
            for (ImageGenerator each : List.of(generator, generator.withWords(one, two))) {
                each.generate(
                        request("a cat").withSteps(1),
                        (first, call, calls, step) -> latents.add(step.sample().toFloats()));
            }
            assertArrayEquals(latents.get(0), latents.get(1));
        }
    }

    private static final List<Double> timesteps = new ArrayList<>();

    private static List<float[]> latents(Lexicon words, String prompt) {
        List<float[]> latents = new ArrayList<>();
        timesteps.clear();
        try (Scope run = Scope.open();
                var trajectory = model.sampler("ddim").start(10)) {
            for (int call = 0; call < trajectory.calls(); call++) {
                timesteps.add(trajectory.timestep(call));
            }
        }
        ImageGenerator generator = ImageGenerator.of(model);
        (words.isEmpty() ? generator : generator.withWords(words))
                .generate(
                        request(prompt),
                        (first, call, calls, step) -> latents.add(step.sample().toFloats()));
        return latents;
    }

    private static void assertSameLatents(List<float[]> expected, List<float[]> actual) {
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i), "step " + i);
        }
    }

    private static ImageRequest request(String prompt) {
        return ImageRequest.of(prompt).withSteps(10).withSampler("ddim");
    }

    private static Tensor noise(long sample) {
        long width = ((SinglePromptEncoder) model.text()).encoder().width();
        return new Rng(5).normal(Purpose.NOISE, 0, sample, 1, width);
    }
}
