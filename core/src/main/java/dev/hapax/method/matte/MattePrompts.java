package dev.hapax.method.matte;

import dev.hapax.learning.Example;
import dev.hapax.learning.PromptPlan;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.text.PromptField;
import dev.hapax.text.Word;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * In each cell the words that belong there, and nothing where none does (Agarwal et al. 2025, figure 7). Timesteps are
 * drawn from stages in which a word is read alone: elsewhere the U-Net could teach nothing, and is not run.
 */
final class MattePrompts implements PromptPlan {
    private static final double OMIT = 0.1; // each of color and style alone, in sentences; our choice
    private static final double SWAP = 0.5; // order of color and style in sentences; our choice

    private final MatteWords words;
    private final MatteCells cells;
    private final MatteSettings settings;
    private final List<Double> shares; // of each stage

    MattePrompts(MatteWords words, MatteCells cells, MatteSettings settings) {
        this.words = words;
        this.cells = cells;
        this.settings = settings;
        int stages = cells.table().stageCount();
        if (!settings.stageShares().isEmpty() && settings.stageShares().size() != stages) {
            throw new IllegalArgumentException("the table of cells has " + stages + " stages, shares are given for "
                    + settings.stageShares().size() + "; give one for each, or none");
        }
        this.shares = settings.stageShares();
        for (int stage = 0; stage < shares.size(); stage++) {
            if (shares.get(stage) > 0 && !cells.stages().contains(stage)) {
                throw new IllegalArgumentException("no word is read in stage " + stage
                        + ", so nothing can be learned there; give it the share 0, got " + shares);
            }
        }
    }

    @Override
    public PromptField field(Example picture, Rng rng, long step, int sample) {
        boolean swapped = settings.sentences() && rng.uniform(Purpose.TEXT, step, sample, 0) < SWAP;
        double omitted = settings.sentences() ? rng.uniform(Purpose.TEXT, step, sample, 1) : 1;
        return field(swapped, omitted < OMIT, omitted >= OMIT && omitted < 2 * OMIT);
    }

    private PromptField field(boolean swapped, boolean withoutColor, boolean withoutStyle) {
        List<String> texts = new ArrayList<>();
        for (int cell = 0; cell < cells.table().cells(); cell++) {
            boolean color = cells.color().contains(cell);
            boolean style = cells.style().contains(cell);
            boolean both = color && style;
            texts.add(text(
                    color && !(both && withoutColor),
                    style && !(both && withoutStyle),
                    cells.object().contains(cell),
                    cells.layout().contains(cell),
                    swapped));
        }
        return new PromptField(cells.table(), texts);
    }

    private String text(boolean color, boolean style, boolean object, boolean layout, boolean swapped) {
        if (!color && !style && !object && !layout) {
            return "";
        }
        String c = color ? words.color().token() : "";
        String s = style ? words.style().token() : "";
        String o = object ? words.object().token() : "";
        String l = layout ? words.layout().token() : "";
        if (!settings.sentences()) {
            return String.join(
                    ", ",
                    List.of(c, s, o, l).stream().filter(word -> !word.isEmpty()).toList());
        }
        String before = swapped ? in(s, " ", " style") : in(c, " ", " colored");
        String after = swapped ? in(c, " in ", " color") : in(s, " in ", " style");
        return "a" + before + " " + settings.noun() + in(o, " of a ", "") + after + in(l, " following layout ", "");
    }

    private static String in(String word, String before, String after) {
        return word.isEmpty() ? "" : before + word + after;
    }

    @Override
    public long timestep(Rng rng, long step, int sample, int count) {
        List<Integer> stages = cells.stages();
        double[] weights = new double[stages.size()];
        double all = 0;
        for (int i = 0; i < weights.length; i++) {
            int stage = stages.get(i);
            weights[i] = shares.isEmpty() ? end(stage, count) - cells.table().begin(stage) : shares.get(stage);
            all += weights[i];
        }
        double drawn = rng.uniform(Purpose.TIMESTEP, step, sample, 0) * all;
        int chosen = 0;
        while (chosen < weights.length - 1 && drawn >= weights[chosen]) {
            drawn -= weights[chosen];
            chosen++;
        }
        int begin = cells.table().begin(stages.get(chosen));
        int length = end(stages.get(chosen), count) - begin;
        if (length < 1) {
            throw new IllegalArgumentException("the table of cells has a stage from t = " + begin
                    + ", this model's noise schedule ends at " + count);
        }
        return begin + rng.below(length, Purpose.TIMESTEP, step, sample, 1);
    }

    private int end(int stage, int count) {
        return stage + 1 < cells.table().stageCount() ? cells.table().begin(stage + 1) : count;
    }

    @Override
    public String prompt(Example picture, Rng rng, long step, int sample) {
        return String.join(" ", words.all().stream().map(Word::token).toList());
    }

    @Override
    public List<String> all(Example picture) {
        Set<String> texts = new LinkedHashSet<>();
        for (boolean swapped : new boolean[] {false, true}) {
            texts.addAll(field(swapped, false, false).texts());
            texts.addAll(field(swapped, true, false).texts());
            texts.addAll(field(swapped, false, true).texts());
        }
        return List.copyOf(texts);
    }

    @Override
    public boolean holds(Example picture, Word word) {
        return false; // each has its cells
    }
}
