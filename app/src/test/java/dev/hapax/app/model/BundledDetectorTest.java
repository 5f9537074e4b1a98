package dev.hapax.app.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.evaluation.measure.DetectorJudge;
import dev.hapax.picturebook.world.Choices;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.picturebook.world.render.Renderer;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The detector that comes with the little model, as a judge. */
class BundledDetectorTest {
    private static final long FIRST_SCENE = 70_000_010;
    private static final int SCENES = 10;
    private static final Choices CATS_AND_MUGS = Choices.all().withKinds(EnumSet.of(Kind.CAT), EnumSet.of(Kind.MUG));

    @TempDir
    private Path cache;

    @Test
    void itIsSureOfWhatIsThereAndOfNothingElse() {
        Path model = BundledModel.unpack(Map.of("XDG_CACHE_HOME", cache.toString()));
        try (DetectorJudge judge = DetectorJudge.open(model.resolve("detector"))) {
            List<String> asked = List.of("cat", "mug", "dog", "kite");
            long right = LongStream.range(FIRST_SCENE, FIRST_SCENE + SCENES)
                    .mapToObj(seed -> new SceneSampler().sample(seed, CATS_AND_MUGS))
                    .filter(scene -> judge.present(picture(scene), asked).equals(Optional.of(kinds(scene))))
                    .count();
            assertTrue(right >= SCENES - 1, right + " of " + SCENES); // measured: 99 % of things
            assertEquals(
                    Optional.empty(),
                    judge.present(picture(new SceneSampler().sample(1)), List.of("cat", "unicorn")),
                    "unknown to it");
        }
    }

    private static Set<String> kinds(Scene scene) {
        return scene.things().stream().map(thing -> thing.kind().word()).collect(Collectors.toSet());
    }

    private static BufferedImage picture(Scene scene) {
        return new Renderer().render(scene, 128).image();
    }
}
