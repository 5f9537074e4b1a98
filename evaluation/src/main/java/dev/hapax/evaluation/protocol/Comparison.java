package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.grid.Cell;
import dev.hapax.evaluation.grid.Grid;
import dev.hapax.evaluation.grid.GridResult;
import dev.hapax.evaluation.grid.Products;
import dev.hapax.evaluation.measure.PlainPrompt;
import dev.hapax.run.Painter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Ways of learning words, compared: which cells there are, and how they are computed.
 *
 * @param title of the report
 * @param lead what is compared, in a sentence or two
 * @param unit what an interval speaks about
 * @param ground what it is run on
 * @param courses how the words of each variant are learned, by its name; empty if they are there already
 * @param drawing how images are drawn
 * @param entries variants times subjects
 * @param promises what papers claim about the variants
 * @param settings what else the report is to say about the run
 * @param given word files that are compared, by the hash of their bytes; empty if words are learned here
 */
public record Comparison(
        String title,
        String lead,
        Unit unit,
        Ground ground,
        Map<String, Course> courses,
        Drawing drawing,
        List<Entry> entries,
        List<Promise> promises,
        Map<String, String> settings,
        Map<String, Path> given)
        implements Experiment {

    /** What is drawn at random in the first place: figures of one unit are good or bad together. */
    public enum Unit {
        /** The subjects; an interval speaks about other pictures. */
        SUBJECT,
        /** The prompts, for words that are there already; an interval speaks about other prompts. */
        ASK
    }

    /**
     * The version of what results mean: raised whenever the same description is computed in another way. Cached results
     * of other versions are refused. 2: thresholds of inventions are measured between members (decision 24).
     */
    public static final int FORMAT = 2;

    private static final double GUIDED = 2; // times as long as an image whose words are not held
    private static final double LOOKS = 20; // timesteps at which attention is read

    /** Keeps copies. */
    public Comparison {
        courses = Collections.unmodifiableMap(new LinkedHashMap<>(courses));
        entries = List.copyOf(entries);
        promises = List.copyOf(promises);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        given = Map.copyOf(given);
    }

    @Override
    public List<Cell> cells() {
        return planned().stream().map(Planned::cell).toList();
    }

    @Override
    public Comparison with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(key, value);
        return new Comparison(title, lead, unit, ground, courses, drawing, entries, promises, more, given);
    }

    @Override
    public double work(Map<String, Integer> missing) {
        double learning =
                courses.values().stream().mapToDouble(Course::work).average().orElse(0);
        double reminding = courses.values().stream()
                .mapToDouble(course -> course.reminders() * Drawing.work(Painter.STEPS))
                .max()
                .orElse(0);
        return missing.getOrDefault(WordWork.LEARN, 0) * learning
                + missing.getOrDefault(WordWork.REMIND, 0) * reminding
                + missing.getOrDefault(WordWork.DRAW, 0) * drawing.work() * guidance()
                + missing.getOrDefault(WordWork.LOOK, 0) * LOOKS;
    }

    /** How many times as long an image takes because words of some are held in boxes. */
    private double guidance() {
        return entries.stream()
                .flatMap(entry -> entry.asks().stream())
                .mapToDouble(ask -> ask.boxes().isEmpty() ? 1 : GUIDED)
                .average()
                .orElse(1);
    }

    @Override
    public Grid<Studio.Place> grid(Studio studio) {
        Map<String, Subject> subjects = new LinkedHashMap<>();
        entries.forEach(entry -> subjects.put(entry.subject().hash(), entry.subject()));
        return new Grid<>(cells(), new WordWork(subjects, given), studio.places());
    }

    @Override
    public Findings findings(List<GridResult> results, Products products) {
        List<Planned> places = planned();
        return new Findings(new Scores(this, places, results).report(), new Sheets(places, results, products).all());
    }

    /** All cells with their places. */
    List<Planned> planned() {
        return new Cells(this).planned();
    }

    /** What a candidate is called before CLIP. */
    static String phrase(String medium, String noun) {
        return "a " + medium + " of " + PlainPrompt.article(noun) + " " + noun;
    }
}
