package dev.hapax.method.matte;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.learning.AdamW;
import dev.hapax.learning.DenoisingForward;
import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.Example;
import dev.hapax.learning.Learned;
import dev.hapax.learning.Method;
import dev.hapax.learning.PromptPlan;
import dev.hapax.learning.TinyTeaching;
import dev.hapax.learning.Trainer;
import dev.hapax.learning.loss.Denoising;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Layers;
import dev.hapax.text.Lexicon;
import dev.hapax.text.PromptField;
import dev.hapax.text.Site;
import dev.hapax.text.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MatteTest {
    private static final Map<String, Double> COLORS = Map.of("red", 0.75, "blue", 0.25);
    private static TinyTeaching tiny;
    private static MatteCells cells; // of the tiny model, which has four layers: moderate, coarse, moderate, fine

    @BeforeAll
    static void open() {
        tiny = new TinyTeaching();
        cells = MatteCells.byDepth(tiny.forward(1).unet().crossAttentionLayers());
    }

    @AfterAll
    static void close() {
        tiny.close();
    }

    private static MatteWords words(MatteCells where) {
        return MatteWords.of("", List.of("red", "blue"), "cat", 1, where);
    }

    private static Method<DenoisingPass> method(MatteSettings settings) {
        return Matte.of(words(cells), cells, COLORS, "cat", settings, tiny.tokenizer(), tiny.encoder());
    }

    @Test
    void theTableIsThePapers() {
        MatteCells sixteen = MatteCells.byDepth(Layers.sixteen());
        int filled = 0;
        for (int stage = 0; stage < 4; stage++) {
            for (int block : new int[] {0, 2, 5, 9, 13}) { // the first layer of each of the figure's five blocks
                int cell = sixteen.table().cell(new Site(block, sixteen.table().begin(stage)));
                filled += sixteen.all().stream().anyMatch(each -> each.contains(cell)) ? 1 : 0;
            }
        }
        assertEquals(7, filled, "of 20: color and style 4, object 2, layout 1");
        PromptField field = field(sixteen, MatteSettings.PAPER, 0);
        assertEquals("<l>", field.at(new Site(6, 900)));
        assertEquals("<c>, <s>", field.at(new Site(3, 900)));
        assertEquals("<o>", field.at(new Site(6, 700)));
        assertEquals("<c>, <s>", field.at(new Site(10, 600)));
        assertEquals("<o>", field.at(new Site(8, 200)));
        assertEquals("", field.at(new Site(3, 599)));
        assertEquals("", field.at(new Site(0, 900)));
        assertEquals("", field.at(new Site(6, 199)));
    }

    @Test
    void sentencesChangeTheirOrderAndLeaveOneOut() {
        Set<String> seen = new TreeSet<>();
        for (int step = 0; step < 200; step++) {
            PromptField field = field(cells, MatteSettings.RECOMMENDED, step);
            seen.add(field.at(new Site(0, 900)));
            assertEquals("a photo following layout <l>", field.at(new Site(1, 900)));
            assertEquals("a photo of a <o>", field.at(new Site(1, 500)));
        }
        assertEquals(
                Set.of(
                        "a <c> colored photo in <s> style",
                        "a <s> style photo in <c> color",
                        "a <c> colored photo",
                        "a photo in <c> color",
                        "a photo in <s> style",
                        "a <s> style photo"),
                seen);
        MattePrompts plan = new MattePrompts(words(cells), cells, MatteSettings.RECOMMENDED);
        assertTrue(plan.all(tiny.picture("x", 1)).containsAll(seen), "all are checked before anything is spent");
    }

    private static PromptField field(MatteCells where, MatteSettings settings, long step) {
        return new MattePrompts(words(where), where, settings).field(tiny.picture("x", 1), new Rng(3), step, 0);
    }

    @Test
    void timestepsAreDrawnWhereAWordIsRead() {
        Map<Integer, Integer> counts = stageCounts(MatteSettings.RECOMMENDED);
        assertEquals(0.30, counts.get(1) / 4000.0, 0.03);
        assertEquals(0.35, counts.get(2) / 4000.0, 0.03);
        assertEquals(0.35, counts.get(3) / 4000.0, 0.03);
        assertFalse(counts.containsKey(0), "nothing could be learned there");
        Map<Integer, Integer> even = stageCounts(MatteSettings.PAPER);
        assertEquals(0.5, even.get(1) / 4000.0, 0.03);
        assertEquals(0.25, even.get(2) / 4000.0, 0.03);
        assertFalse(even.containsKey(0));
        assertThrows(
                IllegalArgumentException.class,
                () -> stageCounts(MatteSettings.PAPER.withStageShares(List.of(0.1, 0.3, 0.3, 0.3))));
        assertThrows(
                IllegalArgumentException.class, () -> stageCounts(MatteSettings.PAPER.withStageShares(List.of(1.0))));
    }

    private static Map<Integer, Integer> stageCounts(MatteSettings settings) {
        MattePrompts plan = new MattePrompts(words(cells), cells, settings);
        Map<Integer, Integer> counts = new HashMap<>();
        for (int step = 0; step < 4000; step++) {
            long t = plan.timestep(new Rng(5), step, 0, 1000);
            assertTrue(t >= 0 && t < 1000);
            counts.merge(cells.table().stage(t), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    void eachWordLearnsInItsOwnStagesAlone() {
        for (long t : new long[] {100, 199, 200, 599, 600, 799, 800, 999}) {
            try (Scope scope = Scope.open()) {
                float[] sizes = gradients(t);
                assertEquals(t >= 600, sizes[0] > 0, "color at " + t);
                assertEquals(t >= 600, sizes[1] > 0, "style at " + t);
                assertEquals(t >= 200 && t < 800, sizes[2] > 0, "object at " + t);
                assertEquals(t >= 800, sizes[3] > 0, "layout at " + t);
            }
        }
    }

    /** Of the reconstruction, with respect to each word, at one timestep. */
    private static float[] gradients(long t) {
        MatteWords words = words(cells);
        MattePrompts inner = new MattePrompts(words, cells, MatteSettings.PAPER);
        PromptPlan plan = new PromptPlan() {
            @Override
            public String prompt(Example picture, Rng rng, long step, int sample) {
                return inner.prompt(picture, rng, step, sample);
            }

            @Override
            public PromptField field(Example picture, Rng rng, long step, int sample) {
                return inner.field(picture, rng, step, sample);
            }

            @Override
            public long timestep(Rng rng, long step, int sample, int count) {
                return t;
            }

            @Override
            public List<String> all(Example picture) {
                return inner.all(picture);
            }
        };
        DenoisingForward forward = tiny.forward(2);
        Method<DenoisingPass> method = new Method<>("x", "", words.all(), plan, List.of(new Denoising()));
        Lexicon lexicon = Lexicon.empty();
        List<Tensor> rows = new ArrayList<>();
        for (Word word : words.all()) {
            Tensor own = forward.initial(word).requiresGrad(true);
            rows.add(own);
            lexicon = word.in(lexicon, own);
        }
        Tensor loss = new Denoising().of(forward.pass(method, Learned.of(lexicon), 0));
        float[] sizes = new float[rows.size()];
        List<Tensor> gradients = Gradients.of(loss, rows);
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = (float) gradients.get(i).abs().sum().item();
        }
        return sizes;
    }

    @Test
    void weightsAreCalibratedLoggedAndSaved() {
        Method<DenoisingPass> method = method(MatteSettings.RECOMMENDED);
        DenoisingForward forward = tiny.forward(2);
        AdamW.Settings adam = AdamW.Settings.DEFAULT.withWeightDecay(0).withLazyRows();
        Trainer.Settings settings = new Trainer.Settings(60, 5e-3, adam);
        List<Map<String, Double>> losses = new ArrayList<>();
        List<Map<String, Double>> readings = new ArrayList<>();
        try (Scope scope = Scope.open();
                Trainer<DenoisingPass> trainer = new Trainer<>(method, forward, settings)) {
            trainer.run(report -> {
                losses.add(report.losses());
                readings.add(report.readings());
            });
            assertEquals(
                    Set.of("denoising", "color", "color and style", "object", "object and layout"),
                    losses.get(0).keySet());
            assertEquals(0, losses.get(50).get("color"), "off at first");
            assertTrue(losses.get(55).get("color") > 0, "growing");
            assertEquals(MatteSettings.RECOMMENDED.pull(), readings.get(0).get("weight of color"));
            double found = readings.get(59).get("weight of color");
            assertTrue(found > 0 && found != MatteSettings.RECOMMENDED.pull(), "calibrated: " + found);
            assertEquals(found, readings.get(50).get("weight of color"), "measured before step 50 alone");
            Map<String, Tensor> state = new HashMap<>(trainer.state());
            Method<DenoisingPass> again = method(MatteSettings.RECOMMENDED);
            try (Trainer<DenoisingPass> resumed = new Trainer<>(again, forward, settings)) {
                resumed.restore(state, 60);
                assertEquals(trainer.readings(), resumed.readings());
            }
        }
    }

    @Test
    void paperAndVariantsRun() {
        for (MatteSettings.Form form : MatteSettings.Form.values()) {
            for (MatteSettings.Space space : MatteSettings.Space.values()) {
                MatteSettings settings = MatteSettings.PAPER.with(form, space).withWeights(0, 1, 1, 1);
                try (Trainer<DenoisingPass> trainer = new Trainer<>(
                        method(settings), tiny.forward(1), new Trainer.Settings(2, 5e-3, AdamW.Settings.DEFAULT))) {
                    trainer.run(report -> assertTrue(Double.isFinite(report.total())));
                }
            }
        }
    }

    @Test
    void aTableOfTheUsersIsRead() {
        MatteCells own = MatteCells.parse(
                "cells.json",
                "{\"table\": {\"groups\": [0, 1, 1, 0], \"borders\": [500]}, \"color\": [3], \"style\": [3],"
                        + " \"object\": [1], \"layout\": [2]}");
        assertEquals(List.of(0, 1), own.stages());
        PromptField field = field(own, MatteSettings.PAPER.withNoun("x"), 0);
        assertEquals("<c>, <s>", field.at(new Site(1, 500)));
        assertEquals("<l>", field.at(new Site(3, 500)));
        assertArrayEquals(
                new int[] {2, 4},
                new int[] {own.table().groupCount(), own.table().cells()});
        assertThrows(
                dev.hapax.checkpoint.CheckpointException.class,
                () -> MatteCells.parse("cells.json", "{\"table\": {}, \"color\": [1]}"));
    }
}
