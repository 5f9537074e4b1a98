package dev.hapax.evaluation.protocol;

import dev.hapax.diffusion.ImageSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What tests of protocols are run on: a model that nobody opens. */
final class TinyGround {
    private TinyGround() {}

    /** Drawn scenes. */
    static Ground drawn() {
        return of(Optional.empty());
    }

    /** Drawn scenes, or pictures in a folder. */
    static Ground of(Optional<Path> pictures) {
        return new Ground(
                "tiny",
                "hash",
                new ImageSize(32, 32),
                Map.of("clip", "c"),
                pictures,
                List.of("{}"),
                "picture",
                new SideBySide());
    }
}
