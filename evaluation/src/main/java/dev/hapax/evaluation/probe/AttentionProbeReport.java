package dev.hapax.evaluation.probe;

import dev.hapax.evaluation.protocol.Findings;
import dev.hapax.evaluation.report.Better;
import dev.hapax.evaluation.report.Curves;
import dev.hapax.evaluation.report.HeatPicture;
import dev.hapax.evaluation.report.Measure;
import dev.hapax.evaluation.report.Report;
import dev.hapax.evaluation.report.Row;
import dev.hapax.evaluation.report.Sheet;
import dev.hapax.evaluation.report.Table;
import dev.hapax.evaluation.statistics.Bootstrap;
import dev.hapax.evaluation.statistics.Interval;
import dev.hapax.evaluation.statistics.Observation;
import dev.hapax.evaluation.statistics.Sample;
import dev.hapax.measure.SamplingAttention;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * How the attention of each word of a prompt compares with that of the others, from call to call of the model, as a mean
 * over images (after Zhang et al. 2024, Compositional Inversion, who compare keys times queries). Of a word w
 * among words v, with the maps and shares of {@link SamplingAttention},
 *
 * <pre>  similarity(w) = mean over v != w of cos(A_v, A_w).</pre>
 *
 * @param prompt that was drawn
 * @param learned words among those that were watched
 * @param images of the same words, at least one
 * @param run what was run, for the report
 */
public record AttentionProbeReport(
        String prompt, Set<String> learned, List<SamplingAttention> images, Map<String, String> run) {
    /** As many words as can be told apart in a chart. */
    public static final int MOST_WORDS = Curves.MOST;

    private static final int SIDE = 160; // pixels
    private static final int LOOKS = 6; // calls whose maps are shown

    private static final Measure SIMILARITY = new Measure(
            "similarity",
            "mean cosine of where the word looks with where each other word looks; over all calls of the model",
            Better.NEITHER,
            3);
    private static final Measure SHARE = new Measure(
            "share",
            "how much of all attention the word has, the mean over pixels; over all calls of the model",
            Better.NEITHER,
            4);

    /** A number of a word at a call of an image. */
    @FunctionalInterface
    private interface Number {
        double of(SamplingAttention.Look look, int word);
    }

    /** Keeps copies and checks that there is something to compare. */
    public AttentionProbeReport {
        learned = Set.copyOf(learned);
        images = List.copyOf(images);
        run = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(run));
        requireComparable(images.isEmpty() ? 0 : images.get(0).words().size());
    }

    /**
     * Whether so many words can be compared, to be asked before anything is drawn.
     *
     * @throws IllegalArgumentException if they cannot
     */
    public static void requireComparable(int words) {
        if (words < 2 || words > MOST_WORDS) {
            throw new IllegalArgumentException("the attention of 2 to " + MOST_WORDS + " words is compared, got "
                    + words + "; name the words to compare with --watch");
        }
    }

    /** What came out. */
    public Findings findings() {
        return new Findings(
                new Report(
                        "Where words look while they are drawn",
                        "\"" + prompt + "\", mean over " + images.size() + " image(s).",
                        List.of(),
                        List.of(table()),
                        List.of(
                                curves(
                                        "Similarity over sampling",
                                        "How alike a word's attention is to that of the other words.",
                                        SIMILARITY,
                                        this::similarity),
                                curves(
                                        "Share over sampling",
                                        "How much of all attention a word has.",
                                        SHARE,
                                        SamplingAttention.Look::share)),
                        run),
                List.of(sheet()));
    }

    private List<String> words() {
        return images.get(0).words();
    }

    private String name(int word) {
        String own = words().get(word);
        return learned.contains(own) ? own + " (learned)" : own;
    }

    private double similarity(SamplingAttention.Look look, int word) {
        double sum = 0;
        for (int other = 0; other < words().size(); other++) {
            sum += other == word ? 0 : look.similarity(word, other);
        }
        return sum / (words().size() - 1);
    }

    private Table table() {
        List<Row> rows = new ArrayList<>();
        for (int word = 0; word < words().size(); word++) {
            Map<String, Interval> figures = new LinkedHashMap<>();
            figures.put(SIMILARITY.name(), interval(word, this::similarity));
            figures.put(SHARE.name(), interval(word, SamplingAttention.Look::share));
            rows.add(new Row(name(word), figures));
        }
        return new Table("Words", "Means over calls and images.", "word", List.of(SIMILARITY, SHARE), rows);
    }

    /** An interval speaks about other images. */
    private Interval interval(int word, Number number) {
        List<Observation> values = new ArrayList<>();
        for (int image = 0; image < images.size(); image++) {
            List<SamplingAttention.Look> looks = images.get(image).looks();
            for (int call = 0; call < looks.size(); call++) {
                values.add(
                        new Observation(image + " " + call, String.valueOf(image), number.of(looks.get(call), word)));
            }
        }
        return Bootstrap.DEFAULT.mean(new Sample(values));
    }

    private Curves curves(String name, String text, Measure measure, Number number) {
        List<Curves.Series> series = new ArrayList<>();
        for (int word = 0; word < words().size(); word++) {
            List<Curves.Point> points = new ArrayList<>();
            for (int call = 0; call < images.get(0).looks().size(); call++) {
                double sum = 0;
                for (SamplingAttention image : images) {
                    sum += number.of(image.looks().get(call), word);
                }
                points.add(new Curves.Point(call + 1, sum / images.size()));
            }
            series.add(new Curves.Series(name(word), points));
        }
        return new Curves(name, text, "calls of the model", measure.name(), series);
    }

    private Sheet sheet() {
        SamplingAttention first = images.get(0);
        int calls = first.looks().size();
        List<Sheet.Strip> strips = new ArrayList<>();
        for (int word = 0; word < words().size(); word++) {
            List<Sheet.Picture> pictures = new ArrayList<>();
            for (int i = 0; i < Math.min(LOOKS, calls); i++) {
                int call = calls <= LOOKS ? i : i * (calls - 1) / (LOOKS - 1);
                pictures.add(new Sheet.Picture(
                        HeatPicture.of(
                                first.image().image(),
                                first.looks().get(call).maps().get(word),
                                SIDE),
                        String.format(Locale.ROOT, "call %d", call + 1)));
            }
            strips.add(new Sheet.Strip(name(word), pictures));
        }
        return new Sheet("Where each word looks", "The first image, at calls spread over its sampling.", true, strips);
    }
}
