package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.category.Category;
import dev.hapax.method.conceptlab.ConceptLab;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How ConceptLab was evaluated (Richardson et al. 2024, section 5): new members of categories, each against three pairs of
 * known members and five seeds, in 32 images. On Picturebook these are its own categories, elsewhere the paper's five.
 */
public final class InventProtocol implements Protocol {
    private static final List<String> CATEGORIES = List.of("pet", "plant", "fruit", "furniture", "musical instrument");
    private static final double PICTUREBOOK_RATE = 1e-3; // docs/methods/conceptlab.md

    @Override
    public String name() {
        return "invent";
    }

    @Override
    public String about() {
        return "new members of categories against negative prompting, adaptive negatives against none, and mixes";
    }

    /**
     * How much is done.
     *
     * @param categories at most so many
     * @param concepts of each category
     * @param mixes of each category
     */
    private record Size(int categories, int concepts, int mixes, InventCourse course, Drawing drawing) {}

    private static Size size(Scale scale) {
        return switch (scale) {
            case TINY ->
                new Size(
                        2, 1, 1, new InventCourse(2, 2, PICTUREBOOK_RATE, 1, 2, 2), new Drawing(2, 4, "ddim", 2, 0, 7));
            case SMALL ->
                new Size(
                        Integer.MAX_VALUE,
                        6, // the fewest that decide anything about a category
                        2,
                        new InventCourse(1000, 1000, PICTUREBOOK_RATE, 100, 4, 32),
                        Drawing.small(8));
            case PAPER ->
                new Size(
                        Integer.MAX_VALUE,
                        15,
                        15,
                        new InventCourse(ConceptLab.STEPS, ConceptLab.MIXING_STEPS, ConceptLab.RATE, 250, 4, 32),
                        new Drawing(50, 7.5, "ddpm", 32, 0, 0));
        };
    }

    @Override
    public Experiment on(Ground ground, Scale scale) {
        if (ground.prior().isEmpty()) {
            throw new IllegalArgumentException("words are invented with a prior, and the model " + ground.model()
                    + " has none; name the folder of one with --prior DIR");
        }
        if (ground.pictures().isPresent()) {
            throw new IllegalArgumentException("things are invented without pictures; leave out --pictures "
                    + ground.pictures().get());
        }
        // the reader knows the little world and no other
        boolean picturebook = ground.judges().containsKey(InventJudge.READER.key());
        Size size = size(scale);
        return new InventBench(
                new InventProducts(ground, size.course(), size.drawing(), picturebook),
                InventedConcept.of(
                        categories(picturebook, size.categories()),
                        size.concepts(),
                        size.drawing().seed()),
                size.mixes(),
                Map.of("bench", name() + " at scale " + scale.name().toLowerCase(Locale.ROOT)));
    }

    private static Map<String, Category> categories(boolean picturebook, int most) {
        Map<String, Category> categories = new LinkedHashMap<>();
        Category.all(picturebook).entrySet().stream()
                .filter(each -> !each.getValue().style())
                .filter(each -> picturebook || CATEGORIES.contains(each.getKey()))
                .limit(most)
                .forEach(each -> categories.put(each.getKey(), each.getValue()));
        return categories;
    }
}
