package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.evaluation.category.Category;
import dev.hapax.evaluation.grid.Product;
import dev.hapax.method.conceptlab.Context;
import dev.hapax.run.Painter;
import java.util.List;

/**
 * What has to be learned and drawn, as products of the grid; {@link InventSettings} reads the learning.
 *
 * @param ground what it is run on; has a prior
 * @param course how words are learned
 * @param drawing how images are drawn
 * @param picturebook whether the words of the little world are used
 */
record InventProducts(Ground ground, InventCourse course, Drawing drawing, boolean picturebook) {
    static final String WORD = "<new>";

    private static final double CONFIDENCE = 0.3; // both as hapax invent has them: docs/methods/conceptlab.md
    private static final int PATIENCE = 3;
    private static final double MOST = 1; // a cosine

    /** What prompts call an image. */
    String medium() {
        return picturebook ? ground.medium() : "photo";
    }

    /** The word that a row draws with; none for rows that learn nothing. */
    List<Product> words(InventRow row, InventedConcept concept) {
        if (!row.learns()) {
            return List.of();
        }
        return List.of(row == InventRow.MIX ? mix(concept) : invent(row, concept));
    }

    private Product invent(InventRow row, InventedConcept concept) {
        Category kind = concept.kind();
        ObjectNode node = settings(kind, course.steps(), concept.seed());
        node.put("category", kind.noun());
        kind.members().forEach(node.putArray("members")::add);
        (row.isAgainstGiven() ? concept.negatives() : List.<String>of()).forEach(node.putArray("negatives")::add);
        if (row == InventRow.FREE) {
            node.putArray("thresholds").add(MOST).add(-MOST);
        }
        if (row == InventRow.ADAPTIVE) {
            ObjectNode questions = node.putObject("questions");
            questions.put("every", course.askEvery());
            questions.put("question", kind.question(picturebook));
            questions.put("confidence", CONFIDENCE);
            questions.put("patience", PATIENCE);
        }
        return Product.of(InventWork.INVENT, node, List.of());
    }

    private Product mix(InventedConcept concept) {
        ObjectNode node = settings(new Category("thing", List.of(), false), course.mixingSteps(), concept.seed());
        node.put("picturebook", picturebook);
        return Product.of(
                InventWork.MIX,
                node,
                concept.negatives().stream()
                        .map(parent -> portraits(parent, concept.seed()))
                        .toList());
    }

    private ObjectNode settings(Category kind, long steps, long seed) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("model", ground.modelHash());
        node.put("prior", ground.prior().orElseThrow().hash());
        node.put("word", WORD);
        kind.contexts(picturebook).stream().map(Context::text).forEach(node.putArray("contexts")::add);
        node.put("look", kind.look(picturebook).get(0).text());
        node.put("steps", steps);
        node.put("rate", course.rate());
        node.put("seed", seed);
        return node;
    }

    /** Pictures of a parent, drawn by its name. */
    private Product portraits(String parent, long seed) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("model", ground.modelHash());
        node.put("prompt", Comparison.phrase(medium(), parent));
        node.put("count", course.parentPictures());
        node.put("sampler_steps", Math.min(Painter.STEPS, drawing.steps()));
        node.put("guidance", Painter.GUIDANCE);
        node.put("seed", seed);
        return Product.of(WordWork.REMIND, node, List.of());
    }

    /**
     * What a row's prompt says.
     *
     * @param thing whose name is drawn, where a name is
     */
    String prompt(InventRow row, String thing) {
        return row.learns() ? "a " + medium() + " of a " + WORD : Comparison.phrase(medium(), thing);
    }

    /**
     * An image of a row, from the noise of its concept.
     *
     * @param thing whose name is drawn, where a name is
     * @param image which one, from 0
     */
    Product image(InventRow row, InventedConcept concept, String thing, int image) {
        long step = row.learns() ? row == InventRow.MIX ? course.mixingSteps() : course.steps() : 0;
        return drawing.withSeed(concept.seed())
                .product(
                        ground,
                        prompt(row, thing),
                        row == InventRow.PROMPTED ? concept.both(medium()) : "",
                        words(row, concept),
                        step,
                        image);
    }
}
