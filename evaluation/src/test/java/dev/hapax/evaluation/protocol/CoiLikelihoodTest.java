package dev.hapax.evaluation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.evaluation.measure.PresenceJudge;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CoiLikelihoodTest {
    private static final BufferedImage IMAGE = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);

    @Test
    void everyJudgeThatKnowsTheThingsSaysHowManyAreThere() {
        PresenceJudge seesCatAndMug = (image, things) -> Optional.of(Set.of("cat", "mug"));
        PresenceJudge knowsFewer = (image, things) -> Optional.empty();
        Map<Figure, PresenceJudge> judges = Map.of(Figure.COI_READER, seesCatAndMug, Figure.COI_CLIP, knowsFewer);
        CoiLikelihood likelihood = new CoiLikelihood(judges);
        assertEquals(Map.of(Figure.COI_READER, 1.0), likelihood.of(IMAGE, List.of("dog"), List.of("mug")));
        assertEquals(Map.of(Figure.COI_READER, 0.0), likelihood.of(IMAGE, List.of("cat"), List.of("dog")));
        assertEquals(Map.of(Figure.COI_READER, 0.5), likelihood.of(IMAGE, List.of(), List.of("dog", "cat")));
    }

    @Test
    void whoeverDoesNotKnowWhatWasLearnedIsAskedAboutTheOthers() {
        Set<String> known = Set.of("cat", "mug");
        PresenceJudge detector =
                (image, things) -> known.containsAll(things) ? Optional.of(Set.of("mug")) : Optional.empty();
        CoiLikelihood likelihood = new CoiLikelihood(Map.of(Figure.COI_DETECTOR, detector));
        assertEquals(Map.of(Figure.COI_DETECTOR, 1.0), likelihood.of(IMAGE, List.of("teapot"), List.of("mug")));
        assertEquals(Map.of(), likelihood.of(IMAGE, List.of("cat"), List.of("teapot")));
    }

    @Test
    void judgesAreAskedForAllThatThePromptNames() {
        PresenceJudge echo = (image, things) -> {
            assertEquals(List.of("cat", "mug"), things);
            return Optional.of(Set.of());
        };
        new CoiLikelihood(Map.of(Figure.COI_READER, echo)).of(IMAGE, List.of("cat"), List.of("mug", "cat"));
    }
}
