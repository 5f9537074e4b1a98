package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.grid.Product;
import dev.hapax.evaluation.protocol.Compositions.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The claims of Compositional Inversion (Zhang et al. 2024, table 1): Textual Inversion, Custom Diffusion and
 * DreamBooth, each alone, with semantic inversion, with spatial inversion, and with both. Learned things are drawn with
 * ordinary ones and with each other, in both orders of the words.
 */
public final class CompositionalProtocol implements Protocol {
    @Override
    public String name() {
        return "compositional";
    }

    @Override
    public String about() {
        return "learned things with ordinary ones and with each other: textual inversion, Custom Diffusion, DreamBooth, each"
                + " with semantic inversion, spatial inversion, and both";
    }

    /**
     * How much is done.
     *
     * @param concepts how many are learned
     * @param others how many ordinary things each of them is drawn with
     * @param everyPair whether every two are drawn together; otherwise the first with the second, and so on
     * @param words how Textual Inversion learns
     * @param dreamBooth how DreamBooth does
     * @param attention how Custom Diffusion does
     */
    private record Size(
            int concepts,
            int others,
            boolean everyPair,
            Course words,
            Course dreamBooth,
            Course attention,
            Drawing drawing) {
        Course of(Variant variant) {
            return switch (variant.method()) {
                case DREAMBOOTH -> dreamBooth;
                case CUSTOM_DIFFUSION -> attention;
                default -> words;
            };
        }
    }

    private static Size size(Scale scale, Ground ground) {
        List<String> templates = ground.templates();
        return switch (scale) {
            case TINY -> {
                Course weights = new Course(List.of(2L), 5e-3, 2, 7, templates, 0.5, 2);
                yield new Size(
                        2,
                        1,
                        true,
                        new Course(List.of(2L), 5e-3, 2, 7, templates),
                        weights,
                        weights,
                        new Drawing(2, 4, "ddim", 1, 0, 7));
            }
            // words at the paper's rate, weights at the pace of the bench of DisenDiff (decision 29)
            case SMALL ->
                new Size(
                        10,
                        Integer.MAX_VALUE,
                        false,
                        new Course(List.of(250L), 0.04, 4, 7, templates),
                        new Course(List.of(250L), 3e-4, 4, 7, templates, 0, 50),
                        new Course(List.of(250L), 3e-4, 4, 7, templates, 0.5, 50),
                        new Drawing(25, 4, "ddim", 1, 0, 7));
            // the paper's: pace, 10 images of each prompt, 50 steps of DDPM, guidance 7.5
            case PAPER ->
                new Size(
                        10,
                        Integer.MAX_VALUE,
                        true,
                        new Course(List.of(5000L), 0.04, 8, 23, templates),
                        new Course(List.of(800L), 1e-5, 1, 23, List.of("a photo of {}"), 0, 200),
                        new Course(List.of(500L), 2e-5, 2, 23, List.of("photo of {}"), 0.5, 200),
                        new Drawing(50, 7.5, "ddpm", 10, 0, 42));
        };
    }

    @Override
    public Experiment on(Ground ground, Scale scale) {
        Size size = size(scale, ground);
        List<Subject> concepts = LearnedConcepts.of(ground, size.concepts());
        if (concepts.size() < 2) {
            throw new IllegalArgumentException(
                    "learned things are drawn with each other too, which takes two pictures or"
                            + " more; there is 1: add another with a word of its own");
        }
        List<Subject> pairs = pairs(concepts, size.everyPair());
        Map<String, Course> courses = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        for (CompositionalRow row : CompositionalRow.all(ground)) {
            Course course = size.of(row.variant());
            if (row.isLearned()) {
                courses.put(row.name(), course);
            }
            for (Subject concept : concepts) {
                entries.add(new Entry(
                        row.name(),
                        concept,
                        withOrdinary(parts(row, concept).get(0), ground, size.others(), row.held()),
                        course.products(row.variant(), concept, ground),
                        course.steps(row.variant())));
            }
            for (Subject pair : pairs) {
                entries.add(new Entry(
                        row.name(),
                        pair,
                        together(parts(row, pair), ground, row.held()),
                        products(row.variant(), pair, concepts, course, ground),
                        course.steps(row.variant())));
            }
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("bench", name() + " at scale " + scale.name().toLowerCase(Locale.ROOT));
        settings.put("boxes", ground.layout().name());
        settings.put("anchors", String.join(", ", ground.anchorNames()));
        settings.put("nouns", String.join(", ", ground.nouns()));
        return new ReworkedComparison(
                new Comparison(
                        "Compositional Inversion: learned things beside others",
                        "Each row learns " + concepts.size()
                                + " thing(s) in another way and draws each with ordinary things and with"
                                + " another learned one (Zhang et al. 2024). Intervals and verdicts speak about other learned things"
                                + " of the same kinds.",
                        Comparison.Unit.SUBJECT,
                        ground,
                        courses,
                        size.drawing(),
                        entries,
                        CompositionalRow.promises(ground),
                        settings,
                        Map.of()),
                TableOne::before);
    }

    private static List<Part> parts(CompositionalRow row, Subject subject) {
        return row.isLearned() ? Part.of(subject) : Part.ofNouns(subject);
    }

    private static List<Subject> pairs(List<Subject> concepts, boolean every) {
        List<Subject> pairs = new ArrayList<>();
        for (int i = 0; i < concepts.size(); i++) {
            for (int j = i + 1; j < concepts.size(); j++) {
                if (every || (i % 2 == 0 && j == i + 1)) {
                    pairs.add(LearnedConcepts.pair(concepts.get(i), concepts.get(j)));
                }
            }
        }
        return pairs;
    }

    /** Both orders with each ordinary thing but those of the learned one's kind, whose presence could not be told. */
    private static List<Ask> withOrdinary(Part learned, Ground ground, int others, boolean held) {
        Compositions compositions = new Compositions(ground);
        List<Ask> asks = new ArrayList<>();
        ground.nouns().stream()
                .filter(noun -> !noun.equals(learned.noun()))
                .limit(others)
                .map(Part::of)
                .forEach(other -> {
                    asks.add(compositions.ask(learned, other, held));
                    asks.add(compositions.ask(other, learned, held));
                });
        return asks;
    }

    private static List<Ask> together(List<Part> parts, Ground ground, boolean held) {
        Compositions compositions = new Compositions(ground);
        return List.of(
                compositions.ask(parts.get(0), parts.get(1), held), compositions.ask(parts.get(1), parts.get(0), held));
    }

    /** Words that move no weights are learned apart; weights are moved for both jointly, as the paper does it. */
    private static List<Product> products(
            Variant variant, Subject pair, List<Subject> concepts, Course course, Ground ground) {
        List<Subject> parts = pair.words().stream()
                .map(word -> concepts.stream()
                        .filter(concept -> concept.words().contains(word))
                        .findFirst()
                        .orElseThrow())
                .toList();
        return variant.method().usual().weights()
                ? List.of(new LearnProduct(course, variant, ground)
                        .joint(pair, parts.stream().map(Subject::sentence).toList()))
                : parts.stream()
                        .flatMap(part -> course.products(variant, part, ground).stream())
                        .toList();
    }
}
