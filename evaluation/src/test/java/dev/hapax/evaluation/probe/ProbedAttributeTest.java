package dev.hapax.evaluation.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.picturebook.check.Reading;
import dev.hapax.picturebook.world.Captions;
import dev.hapax.picturebook.world.Choices;
import dev.hapax.picturebook.world.Relation;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.SceneSampler;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProbedAttributeTest {
    @Test
    void captionsAreContradictedInOneRespectAlone() {
        for (long seed = 0; seed < 30; seed++) {
            Scene scene = scene(seed);
            for (ProbedAttribute attribute : ProbedAttribute.values()) {
                Scene other = attribute.contradict(scene, seed);
                assertNotEquals(new Captions().full(scene), new Captions().full(other), attribute + " " + seed);
                assertEquals(attribute != ProbedAttribute.STYLE, scene.style() == other.style());
                assertEquals(attribute != ProbedAttribute.BACKGROUND, scene.background() == other.background());
                assertEquals(attribute != ProbedAttribute.LAYOUT, scene.relation() == other.relation());
                assertEquals(
                        attribute != ProbedAttribute.OBJECT,
                        scene.things().get(0).kind() == other.things().get(0).kind());
                assertEquals(
                        attribute != ProbedAttribute.COLOR,
                        scene.things().get(0).look().color()
                                == other.things().get(0).look().color());
                assertEquals(scene.things().get(1), other.things().get(1));
                assertNotEquals(
                        other.things().get(0).kind(), other.things().get(1).kind());
            }
        }
    }

    @Test
    void aPictureWithoutThingsShowsStyleAndBackgroundAlone() {
        Scene scene = scene(3);
        Reading empty = new Reading(scene.style(), scene.background(), List.of());
        assertEquals(
                Set.of(ProbedAttribute.STYLE, ProbedAttribute.BACKGROUND),
                Set.copyOf(Arrays.stream(ProbedAttribute.values())
                        .filter(attribute -> attribute.shows(scene, empty))
                        .toList()));
        assertFalse(ProbedAttribute.STYLE.shows(ProbedAttribute.STYLE.contradict(scene, 1), empty));
        assertTrue(ProbedAttribute.STYLE.shows(ProbedAttribute.COLOR.contradict(scene, 1), empty));
    }

    private static Scene scene(long seed) {
        Choices choices = Choices.all().pairs().withRelations(Set.of(Relation.LEFT_OF, Relation.RIGHT_OF));
        return new SceneSampler().sample(seed, choices);
    }
}
