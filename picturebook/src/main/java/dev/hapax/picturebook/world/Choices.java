package dev.hapax.picturebook.world;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a sampler may choose from; narrowing a set to one value fixes that part.
 *
 * @param first kinds of the first thing
 * @param second kinds of the second thing
 * @param colors colors of all things
 * @param patterns patterns of all things
 * @param relations relations; with {@link Relation#ALONE} for scenes of one thing
 * @param backgrounds backgrounds
 * @param styles styles
 */
public record Choices(
        Set<Kind> first,
        Set<Kind> second,
        Set<ColorName> colors,
        Set<Pattern> patterns,
        Set<Relation> relations,
        Set<Background> backgrounds,
        Set<Style> styles) {

    /** Checks that there is something to choose in every part. */
    public Choices {
        first = Set.copyOf(first);
        second = Set.copyOf(second);
        colors = Set.copyOf(colors);
        patterns = Set.copyOf(patterns);
        relations = Set.copyOf(relations);
        backgrounds = Set.copyOf(backgrounds);
        styles = Set.copyOf(styles);
        for (Set<?> part : List.of(first, second, colors, patterns, relations, backgrounds, styles)) {
            if (part.isEmpty()) {
                throw new IllegalArgumentException("nothing left to choose");
            }
        }
    }

    /** {@return the whole world} */
    public static Choices all() {
        Set<Kind> kinds = EnumSet.allOf(Kind.class);
        return new Choices(
                kinds,
                kinds,
                EnumSet.allOf(ColorName.class),
                EnumSet.allOf(Pattern.class),
                EnumSet.allOf(Relation.class),
                EnumSet.allOf(Background.class),
                EnumSet.allOf(Style.class));
    }

    /** {@return these choices, scenes of two things only} */
    public Choices pairs() {
        EnumSet<Relation> two = EnumSet.copyOf(relations);
        two.remove(Relation.ALONE);
        return withRelations(two);
    }

    /** {@return these choices, scenes of one thing only} */
    public Choices singles() {
        return withRelations(Set.of(Relation.ALONE));
    }

    /**
     * {@return these choices with other kinds}
     *
     * @param firstKinds for the first thing
     * @param secondKinds for the second thing
     */
    public Choices withKinds(Set<Kind> firstKinds, Set<Kind> secondKinds) {
        return new Choices(firstKinds, secondKinds, colors, patterns, relations, backgrounds, styles);
    }

    /**
     * {@return these choices with other colors}
     *
     * @param some the colors
     */
    public Choices withColors(Set<ColorName> some) {
        return new Choices(first, second, some, patterns, relations, backgrounds, styles);
    }

    /**
     * {@return these choices with other patterns}
     *
     * @param some the patterns
     */
    public Choices withPatterns(Set<Pattern> some) {
        return new Choices(first, second, colors, some, relations, backgrounds, styles);
    }

    /**
     * {@return these choices with other relations}
     *
     * @param some the relations
     */
    public Choices withRelations(Set<Relation> some) {
        return new Choices(first, second, colors, patterns, some, backgrounds, styles);
    }

    /**
     * {@return these choices with other backgrounds}
     *
     * @param some the backgrounds
     */
    public Choices withBackgrounds(Set<Background> some) {
        return new Choices(first, second, colors, patterns, relations, some, styles);
    }

    /**
     * {@return these choices with other styles}
     *
     * @param some the styles
     */
    public Choices withStyles(Set<Style> some) {
        return new Choices(first, second, colors, patterns, relations, backgrounds, some);
    }
}
