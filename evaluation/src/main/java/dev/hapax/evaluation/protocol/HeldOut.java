package dev.hapax.evaluation.protocol;

import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/** What protocols learn from: the user's pictures, otherwise scenes that nothing was developed or trained on. */
final class HeldOut {
    private static final long FIRST_SCENE = 80_000_000;

    private HeldOut() {}

    /**
     * The first so many subjects.
     *
     * @param drawn makes a subject of a scene
     */
    static List<Subject> subjects(Ground ground, int count, Function<PairScene, Subject> drawn) {
        if (ground.pictures().isPresent()) {
            List<Subject> all = new SubjectFolder(ground.pictures().get()).read();
            return all.subList(0, Math.min(count, all.size()));
        }
        return LongStream.range(FIRST_SCENE, FIRST_SCENE + count)
                .mapToObj(seed -> drawn.apply(PairScene.of(seed, ground.size().width())))
                .toList();
    }
}
