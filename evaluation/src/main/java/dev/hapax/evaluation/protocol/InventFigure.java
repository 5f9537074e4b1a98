package dev.hapax.evaluation.protocol;

import static dev.hapax.evaluation.report.Better.HIGHER;
import static dev.hapax.evaluation.report.Better.LOWER;
import static dev.hapax.evaluation.report.Better.NEITHER;

import dev.hapax.evaluation.report.Better;
import dev.hapax.evaluation.report.Measure;
import java.util.List;

/** What is measured of an image of an invented thing: {@code docs/methods/evaluation.md} has the formulas and sources. */
enum InventFigure {
    POSITIVE("positive similarity", "how much it looks like the category", HIGHER),
    DISTANCE(
            "negative distance",
            "how much more it looks like the category than like the nearer one of the two negatives",
            HIGHER),
    NEAREST("nearest member", "how much it looks like the nearest of the category's known members", LOWER),
    FIRST_PARENT("first parent", "how much it looks like the first of the two members that are mixed", NEITHER),
    SECOND_PARENT("second parent", "how much it looks like the second", NEITHER),
    UNRELATED("unrelated, mean", "how much it looks like members of other categories, on average", LOWER),
    NEAREST_UNRELATED("unrelated, nearest", "how much it looks like the nearest member of another category", LOWER);

    /** Of new members of a category. */
    static final List<InventFigure> INVENTED = List.of(POSITIVE, DISTANCE, NEAREST);

    /** Of children of two members. */
    static final List<InventFigure> MIXED = List.of(FIRST_PARENT, SECOND_PARENT, UNRELATED, NEAREST_UNRELATED);

    private final String name;
    private final String meaning;
    private final Better better;

    InventFigure(String name, String meaning, Better better) {
        this.name = name;
        this.meaning = meaning;
        this.better = better;
    }

    /** As a column of a table. */
    Measure measure(InventJudge judge, boolean independent) {
        String how = switch (judge) {
            case READER ->
                "shares of the kinds that Picturebook's attribute reader sees; a category's is the sum of"
                        + " its members'";
            case CLIP ->
                "cosines with \"a picture of a ...\" or \"a photo of a ...\"; CLIP"
                        + (independent ? "" : ", the one that words are optimised against");
            case PRIOR ->
                "cosines of what the prior draws with the same texts; the CLIP that words are optimised" + " against";
        };
        return new Measure(name(judge), meaning + "; " + how, better, 3);
    }

    /** Its name with that of the judge. */
    String name(InventJudge judge) {
        return name + " (" + (judge == InventJudge.CLIP ? "CLIP" : judge.key()) + ")";
    }

    /** Of one image. */
    double of(Looks looks, InventedConcept concept) {
        return switch (this) {
            case POSITIVE -> looks.category(concept);
            case DISTANCE -> looks.category(concept) - looks.nearest(concept.negatives());
            case NEAREST -> looks.nearest(concept.kind().members());
            case FIRST_PARENT -> looks.like(concept.negatives().get(0));
            case SECOND_PARENT -> looks.like(concept.negatives().get(1));
            case UNRELATED -> looks.mean(concept.unrelated());
            case NEAREST_UNRELATED -> looks.nearest(concept.unrelated());
        };
    }
}
