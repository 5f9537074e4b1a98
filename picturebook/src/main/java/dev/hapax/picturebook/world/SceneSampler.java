package dev.hapax.picturebook.world;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Draws scenes from a seed and nothing else.
 *
 * <p>Six scenes in ten have two things, of different kinds wherever the choices allow. Kind, color, pattern, relation
 * and background are uniform and independent; {@link Style#PICTURE} is twice as likely as any other style. The real
 * colors, proportions and details of a thing are drawn by the rules of {@link LookSampler}.
 */
public final class SceneSampler {

    private static final double PAIR_SHARE = 0.6;

    private final LookSampler looks = new LookSampler();

    /** Makes a sampler; all of them draw alike. */
    public SceneSampler() {}

    /**
     * {@return the scene of a seed, from the whole world}
     *
     * @param seed any number
     */
    public Scene sample(long seed) {
        return sample(seed, Choices.all());
    }

    /**
     * {@return the scene of a seed, from limited choices}
     *
     * @param seed any number
     * @param choices what may occur
     */
    public Scene sample(long seed, Choices choices) {
        SplittableRandom random = new SplittableRandom(seed);
        return sample(random, choices, thing(random, choices.first(), choices));
    }

    /**
     * {@return a scene with a given first thing}
     *
     * @param seed any number
     * @param choices what may occur beside it; their first kinds do not matter
     * @param first the thing, just as it is
     */
    public Scene sample(long seed, Choices choices, Thing first) {
        return sample(new SplittableRandom(seed), choices, first);
    }

    /**
     * {@return the thing of a seed, from the whole world}
     *
     * @param seed any number
     */
    public Thing thing(long seed) {
        return thing(seed, Choices.all());
    }

    /**
     * {@return the thing of a seed, from limited choices}
     *
     * @param seed any number
     * @param choices what may occur; the first kinds count
     */
    public Thing thing(long seed, Choices choices) {
        return thing(new SplittableRandom(seed), choices.first(), choices);
    }

    private Scene sample(SplittableRandom random, Choices choices, Thing first) {
        List<Thing> things = new ArrayList<>(List.of(first));
        Relation relation = relation(random, choices.relations());
        if (relation != Relation.ALONE) {
            EnumSet<Kind> others = EnumSet.copyOf(choices.second());
            others.remove(first.kind());
            things.add(thing(random, others.isEmpty() ? choices.second() : others, choices));
        }
        return new Scene(
                things,
                relation,
                pick(random, Background.class, choices.backgrounds()),
                style(random, choices.styles()),
                random.nextLong());
    }

    private Thing thing(SplittableRandom random, Set<Kind> kinds, Choices choices) {
        Kind kind = pick(random, Kind.class, kinds);
        ColorName color = pick(random, ColorName.class, choices.colors());
        Pattern pattern = pick(random, Pattern.class, choices.patterns());
        return new Thing(kind, looks.sample(random, color, pattern));
    }

    private static Relation relation(SplittableRandom random, Set<Relation> allowed) {
        EnumSet<Relation> two = EnumSet.copyOf(allowed);
        boolean mayBeAlone = two.remove(Relation.ALONE);
        if (two.isEmpty() || mayBeAlone && random.nextDouble() >= PAIR_SHARE) {
            return Relation.ALONE;
        }
        return pick(random, Relation.class, two);
    }

    private static Style style(SplittableRandom random, Set<Style> allowed) {
        List<Style> lots = new ArrayList<>(EnumSet.copyOf(allowed));
        if (allowed.contains(Style.PICTURE)) {
            lots.add(Style.PICTURE);
        }
        return lots.get(random.nextInt(lots.size()));
    }

    private static <E extends Enum<E>> E pick(SplittableRandom random, Class<E> type, Set<E> allowed) {
        int skip = random.nextInt(allowed.size());
        for (E value : type.getEnumConstants()) {
            if (allowed.contains(value) && skip-- == 0) {
                return value;
            }
        }
        throw new IllegalStateException("no choice among " + allowed);
    }
}
