package dev.hapax.picturebook.world;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Tells scenes in lower-case English without punctuation. */
public final class Captions {

    /** Makes captions; all instances tell alike. */
    public Captions() {}

    /**
     * {@return the canonical caption, which tells all that captions can tell}
     *
     * @param scene for example "a sketch of a brown striped cat left of a blue ball on a beach"
     */
    public String full(Scene scene) {
        return Telling.of(scene).text();
    }

    /**
     * {@return a true caption in words of its own, which may leave out style, color, pattern or place, name the family
     * in place of the kind, or tell the second thing first}
     *
     * @param scene what to tell
     * @param random decides the words
     */
    public String varied(Scene scene, SplittableRandom random) {
        return new LooseTelling(random).text(scene);
    }

    /**
     * {@return captions that are wrong in one respect each, for contrast: exchanged colors, patterns,
     * kinds or places of
     * the two things, another kind, color, pattern, background or style}
     *
     * @param scene decides the captions alone
     */
    public List<String> swapped(Scene scene) {
        return new FalseTellings(scene).captions();
    }

    /** {@return the adjectives of full captions, which stand before nouns: colors, then patterns but plain} */
    public List<String> adjectives() {
        Stream<String> patterns = Arrays.stream(Pattern.values())
                .filter(pattern -> pattern != Pattern.PLAIN)
                .map(Pattern::word);
        return Stream.concat(Arrays.stream(ColorName.values()).map(ColorName::word), patterns)
                .toList();
    }

    /** {@return every word a caption may contain, and a good many that people may type, in alphabetical order} */
    public Set<String> vocabulary() {
        return Wording.vocabulary();
    }
}
