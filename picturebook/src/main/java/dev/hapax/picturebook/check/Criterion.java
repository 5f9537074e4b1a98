package dev.hapax.picturebook.check;

import java.util.Collection;
import java.util.OptionalDouble;
import java.util.function.Function;

/** What pictures of two things are judged by. */
public enum Criterion {
    /** Both things are there. */
    PRESENT("both things present", OptionalDouble.of(0.85), v -> Share.of(v.present())),
    /** A thing has its color; two trials a picture. */
    COLOR("each thing's color right", OptionalDouble.of(0.80), v -> each(v, Verdict.Part::color)),
    /** The things are in the relation that the prompt tells. */
    PLACE("place right", OptionalDouble.of(0.80), v -> Share.of(v.place())),
    /** The picture is drawn in its style. */
    STYLE("style right", OptionalDouble.of(0.95), v -> Share.of(v.style())),
    /** A thing has its pattern; two trials a picture. */
    PATTERN("each thing's pattern right", OptionalDouble.empty(), v -> each(v, Verdict.Part::pattern)),
    /** The background is that of the prompt. */
    BACKGROUND("background right", OptionalDouble.empty(), v -> Share.of(v.background()));

    private final String title;
    private final OptionalDouble bar;

    @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
    private final Function<Verdict, Share> judge;

    Criterion(String title, OptionalDouble bar, Function<Verdict, Share> judge) {
        this.title = title;
        this.bar = bar;
        this.judge = judge;
    }

    /** What it asks, in words. */
    public String title() {
        return title;
    }

    /** The least share of right pictures that will do, in [0, 1]; empty if none is asked for. */
    public OptionalDouble bar() {
        return bar;
    }

    Share of(Verdict verdict) {
        return judge.apply(verdict);
    }

    Share of(Collection<Verdict> verdicts) {
        return verdicts.stream().map(this::of).reduce(Share.NONE, Share::plus);
    }

    private static Share each(Verdict verdict, Function<Verdict.Part, Boolean> right) {
        return verdict.things().stream()
                .map(part -> Share.of(right.apply(part)))
                .reduce(Share.NONE, Share::plus);
    }
}
