package dev.hapax.picturebook.world;

import dev.hapax.picturebook.world.Telling.Noun;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** Makes captions that are nearly true: each gets one thing wrong. */
final class FalseTellings {

    private static final long SALT = 0xFA15EL;

    private final Telling truth;
    private final SplittableRandom random;
    private final Set<String> captions = new LinkedHashSet<>();

    FalseTellings(Scene scene) {
        truth = Telling.of(scene);
        random = new SplittableRandom(scene.jitterSeed() ^ SALT);
    }

    List<String> captions() {
        if (truth.nouns().size() > 1) {
            exchanges();
        }
        for (int i = 0; i < truth.nouns().size(); i++) {
            Noun noun = truth.nouns().get(i);
            add(truth.with(i, noun.with(other(Kind.values(), noun.kind()))));
            add(truth.with(i, noun.with(other(ColorName.values(), noun.color()))));
            add(truth.with(i, noun.with(otherPattern(noun.pattern()))));
        }
        add(truth.with(other(Background.values(), truth.background())));
        add(truth.with(other(Style.values(), truth.style())));
        return new ArrayList<>(captions);
    }

    private void exchanges() {
        Noun a = truth.nouns().get(0);
        Noun b = truth.nouns().get(1);
        add(truth.with(0, a.with(b.color())).with(1, b.with(a.color())));
        add(truth.with(0, a.with(b.pattern())).with(1, b.with(a.pattern())));
        add(truth.with(0, a.with(b.kind())).with(1, b.with(a.kind())));
        add(truth.with(truth.relation().inverse()));
        add(truth.with(across(truth.relation())));
    }

    /** Never plain: a true caption may leave the pattern out, so leaving it out is not wrong. */
    private Pattern otherPattern(Pattern pattern) {
        Pattern other = other(Pattern.values(), pattern);
        return other == Pattern.PLAIN ? otherPattern(pattern) : other;
    }

    private Relation across(Relation relation) {
        boolean upright = relation == Relation.ABOVE || relation == Relation.BELOW;
        return random.nextBoolean()
                ? upright ? Relation.LEFT_OF : Relation.ABOVE
                : upright ? Relation.RIGHT_OF : Relation.BELOW;
    }

    private void add(Telling telling) {
        if (!telling.sameAs(truth)) {
            captions.add(telling.text());
        }
    }

    private <E extends Enum<E>> E other(E[] values, E value) {
        return values[(value.ordinal() + 1 + random.nextInt(values.length - 1)) % values.length];
    }
}
