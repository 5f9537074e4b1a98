package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.protocol.Compositions.Part;
import dev.hapax.method.compositionalinversion.AnchorSettings;
import dev.hapax.method.mcpl.McplSettings;
import dev.hapax.run.MethodName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the weight of semantic inversion does (Zhang et al. 2024): words learned by Textual Inversion with
 * lambda of equation 10 from 0 to 1, on the paper's grid of quarters and at its own 0.95. At 1 nothing is reconstructed:
 * anchors alone pull at the noun that the word starts from.
 */
public final class SweepProtocol implements Protocol {
    private static final List<Double> WEIGHTS = List.of(0.0, 0.25, 0.5, 0.75, 0.95, 1.0);
    private static final List<Double> FEW = List.of(0.0, 0.95, 1.0);

    @Override
    public String name() {
        return "sweep";
    }

    @Override
    public String about() {
        return "what the weight of Compositional Inversion's anchors does to text and image alignment";
    }

    /**
     * How much is done.
     *
     * @param concepts how many are learned
     * @param others how many ordinary things each of them is drawn with
     * @param weights lambda of each row
     */
    private record Size(int concepts, int others, List<Double> weights, Course course, Drawing drawing) {}

    private static Size size(Scale scale, Ground ground) {
        List<String> templates = ground.templates();
        return switch (scale) {
            case TINY ->
                new Size(1, 2, FEW, new Course(List.of(2L), 5e-3, 2, 7, templates), new Drawing(2, 4, "ddim", 1, 0, 7));
            case SMALL -> new Size(10, 10, WEIGHTS, new Course(List.of(250L), 0.04, 4, 7, templates), Drawing.small(1));
            case PAPER ->
                new Size(
                        10,
                        Integer.MAX_VALUE,
                        WEIGHTS,
                        new Course(List.of(5000L), 0.04, 8, 23, templates),
                        new Drawing(50, 7.5, "ddpm", 10, 0, 42));
        };
    }

    private static String row(double weight) {
        return "lambda " + weight;
    }

    private static Variant variant(double weight) {
        Variant plain = Variant.of(row(weight), MethodName.TEXTUAL_INVERSION, McplSettings.PLAIN);
        return weight > 0 ? plain.anchored(row(weight), AnchorSettings.PAPER.withWeight(weight)) : plain;
    }

    @Override
    public Experiment on(Ground ground, Scale scale) {
        Size size = size(scale, ground);
        List<Subject> concepts = LearnedConcepts.of(ground, size.concepts());
        Map<String, Course> courses = new LinkedHashMap<>();
        Map<String, Double> weights = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        for (double weight : size.weights()) {
            Variant variant = variant(weight);
            weights.put(row(weight), weight);
            courses.put(row(weight), size.course());
            for (Subject concept : concepts) {
                entries.add(new Entry(
                        row(weight),
                        concept,
                        asks(concept, ground, size.others()),
                        size.course().products(variant, concept, ground),
                        size.course().steps(variant)));
            }
        }
        return new ReworkedComparison(
                new Comparison(
                        "The weight of semantic inversion",
                        "Each row learns " + concepts.size()
                                + " thing(s) with another weight of the anchors and draws each"
                                + " with ordinary things (Zhang et al. 2024).",
                        Comparison.Unit.SUBJECT,
                        ground,
                        courses,
                        size.drawing(),
                        entries,
                        List.of(),
                        Map.of(
                                "bench",
                                name() + " at scale " + scale.name().toLowerCase(Locale.ROOT),
                                "anchors",
                                String.join(", ", ground.anchorNames())),
                        Map.of()),
                new WeightCurves(weights)::behind);
    }

    /** With things of other kinds, taken evenly from all of them, in turns before and behind it. */
    private static List<Ask> asks(Subject concept, Ground ground, int others) {
        Compositions compositions = new Compositions(ground);
        Part learned = Part.of(concept).get(0);
        List<String> nouns = ground.nouns().stream()
                .filter(noun -> !noun.equals(learned.noun()))
                .toList();
        int count = Math.min(others, nouns.size());
        List<Part> parts = IntStream.range(0, count)
                .mapToObj(i -> Part.of(nouns.get(i * nouns.size() / count)))
                .toList();
        List<Ask> asks = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Part other = parts.get(i);
            asks.add(i % 2 == 0 ? compositions.ask(learned, other, false) : compositions.ask(other, learned, false));
        }
        return asks;
    }
}
