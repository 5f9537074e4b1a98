package dev.hapax.evaluation.protocol;

import dev.hapax.vision.detect.Box;
import java.util.List;

/** Two places for whatever the things are: the constants of the authors' code of Compositional Inversion. */
public final class SideBySide implements Layout {
    private static final Box LEFT = new Box(0.1, 0.2, 0.5, 0.8);
    private static final Box RIGHT = new Box(0.6, 0.2, 0.95, 0.8);

    @Override
    public String name() {
        return "the authors' two boxes";
    }

    @Override
    public List<Box> boxes(String first, String second) {
        return List.of(LEFT, RIGHT);
    }
}
