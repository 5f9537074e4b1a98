package dev.hapax.picturebook.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SceneSamplerTest {

    private final SceneSampler sampler = new SceneSampler();

    @Test
    void theSeedAloneDecides() {
        assertEquals(sampler.sample(7), new SceneSampler().sample(7));
        assertEquals(sampler.thing(7), new SceneSampler().thing(7));
        assertNotEquals(sampler.sample(7), sampler.sample(8));
    }

    @Test
    void sixInTenScenesHaveTwoThingsOfDifferentKinds() {
        List<Scene> scenes =
                IntStream.range(0, 10_000).mapToObj(sampler::sample).toList();
        assertEquals(0.6, scenes.stream().filter(Scene::isPair).count() / 1e4, 0.02);
        assertTrue(scenes.stream()
                .filter(Scene::isPair)
                .allMatch(scene ->
                        scene.things().get(0).kind() != scene.things().get(1).kind()));
    }

    @Test
    void kindsAndColorsAreNearUniform() {
        Map<Kind, Integer> kinds = new EnumMap<>(Kind.class);
        Map<ColorName, Integer> colors = new EnumMap<>(ColorName.class);
        for (int seed = 0; seed < 22_000; seed++) {
            Thing thing = sampler.thing(seed);
            kinds.merge(thing.kind(), 1, Integer::sum);
            colors.merge(thing.look().color(), 1, Integer::sum);
        }
        for (Kind kind : Kind.values()) {
            assertEquals(1000, kinds.get(kind), 150, kind::word);
        }
        for (ColorName color : ColorName.values()) {
            assertEquals(2200, colors.get(color), 250, color::word);
        }
    }

    @Test
    void fixedPartsAreKept() {
        Choices choices = Choices.all()
                .withKinds(Set.of(Kind.CAT), Set.of(Kind.BALL))
                .withColors(Set.of(ColorName.RED))
                .withRelations(Set.of(Relation.ABOVE))
                .withStyles(Set.of(Style.NEON));
        for (int seed = 0; seed < 50; seed++) {
            Scene scene = sampler.sample(seed, choices);
            assertEquals(
                    List.of(Kind.CAT, Kind.BALL),
                    scene.things().stream().map(Thing::kind).toList());
            assertTrue(scene.things().stream().allMatch(thing -> thing.look().color() == ColorName.RED));
            assertEquals(Relation.ABOVE, scene.relation());
            assertEquals(Style.NEON, scene.style());
        }
    }

    @Test
    void aGivenThingIsDrawnJustAsItIs() {
        Thing mine = sampler.thing(5);
        for (int seed = 0; seed < 50; seed++) {
            assertEquals(
                    mine, sampler.sample(seed, Choices.all(), mine).things().get(0));
        }
    }
}
