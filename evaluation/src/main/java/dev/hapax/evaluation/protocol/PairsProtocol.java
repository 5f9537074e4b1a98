package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.protocol.Compositions.Part;
import dev.hapax.evaluation.protocol.ConceptPairs.Concept;
import dev.hapax.method.mcpl.McplSettings;
import dev.hapax.run.MethodName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which concepts compose (Zhang et al. 2024, appendix): every two of the ordinary things and the learned ones, the latter
 * learned by Textual Inversion. The paper has 80 and 10 concepts, 4005 pairs, ten prompts each; here a pair has a prompt
 * for each order of its words.
 */
public final class PairsProtocol implements Protocol {
    private static final Variant INVERSION =
            Variant.of("textual inversion", MethodName.TEXTUAL_INVERSION, McplSettings.PLAIN);

    @Override
    public String name() {
        return "pairs";
    }

    @Override
    public String about() {
        return "how well any two concepts compose, learned ones and ordinary ones, with a heat map and a map of their words";
    }

    /**
     * How much is done.
     *
     * @param learned how many concepts are learned
     * @param ordinary how many are not
     */
    private record Size(int learned, int ordinary, Course course, Drawing drawing) {}

    private static Size size(Scale scale, Ground ground) {
        List<String> templates = ground.templates();
        return switch (scale) {
            case TINY ->
                new Size(1, 3, new Course(List.of(2L), 5e-3, 2, 7, templates), new Drawing(2, 4, "ddim", 1, 0, 7));
            case SMALL ->
                new Size(10, Integer.MAX_VALUE, new Course(List.of(250L), 2e-3, 4, 7, templates), Drawing.small(2));
            // ten images of each pair, as the paper has ten prompts
            case PAPER ->
                new Size(
                        10,
                        Integer.MAX_VALUE,
                        new Course(List.of(3000L), 2e-3, 4, 23, templates),
                        new Drawing(50, 7.5, "ddpm", 5, 0, 42));
        };
    }

    @Override
    public Experiment on(Ground ground, Scale scale) {
        Size size = size(scale, ground);
        List<Concept> concepts = new ArrayList<>();
        for (Subject subject : LearnedConcepts.of(ground, size.learned())) {
            concepts.add(new Concept(
                    Part.of(subject).get(0), List.of(subject), size.course().products(INVERSION, subject, ground)));
        }
        // the nouns of the learned ones first, so that there are some at every scale
        Stream.concat(
                        concepts.stream().map(concept -> concept.part().noun()).toList().stream(),
                        ground.nouns().stream())
                .distinct()
                .limit(size.ordinary())
                .forEach(noun -> concepts.add(new Concept(Part.of(noun), List.of(), List.of())));
        return new ConceptPairs(
                ground,
                concepts,
                size.course(),
                size.drawing(),
                Map.of("bench", name() + " at scale " + scale.name().toLowerCase(Locale.ROOT)));
    }
}
