package dev.hapax.evaluation.protocol;

import java.util.List;

/** What is looked at: ways to get images of a new member of a category, and what they are compared with. */
enum InventRow {
    /** A word that was learned against two members. */
    GIVEN("ConceptLab, given negatives"),
    /** The same by the paper's equations, which have no thresholds; those are the published code's. */
    FREE("ConceptLab, given negatives, no thresholds"),
    /** A word that was learned against what it was taken for. */
    ADAPTIVE("ConceptLab, adaptive negatives"),
    /** A word that was learned to belong to the category alone. */
    NONE("ConceptLab, no negatives"),
    /** The category's name, nothing learned. */
    NAME("the category's name"),
    /** The category's name, guided away from the two members while the image is drawn. */
    PROMPTED("negative prompting"),
    /** The category's name, guided away from the two members in the prior. */
    PRIOR_PROMPTED("negative prompting in the prior"),
    /** A word that was learned from pictures of two members. */
    MIX("ConceptLab, mix of two members"),
    /** The name of the first of the two. */
    FIRST("the first parent's name"),
    /** The name of the second. */
    SECOND("the second parent's name"),
    /** The names of all members, for the contact sheet. */
    MEMBER("known members");

    /** Ways to invent that are drawn. */
    static final List<InventRow> DRAWN = List.of(GIVEN, FREE, ADAPTIVE, NONE, NAME, PROMPTED);

    /** Ways to invent that are looked at in the prior's space. */
    static final List<InventRow> FORESEEN = List.of(GIVEN, FREE, ADAPTIVE, NONE, NAME, PRIOR_PROMPTED);

    /** Mixing. */
    static final List<InventRow> MIXED = List.of(MIX, FIRST, SECOND);

    private final String label;

    InventRow(String label) {
        this.label = label;
    }

    /** As a row of a table. */
    String label() {
        return label;
    }

    /** Whether a word is learned against the two members. */
    boolean isAgainstGiven() {
        return this == GIVEN || this == FREE;
    }

    /** Whether a word is learned for it. */
    boolean learns() {
        return isAgainstGiven() || this == ADAPTIVE || this == NONE || this == MIX;
    }
}
