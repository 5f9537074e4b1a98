package dev.hapax.picturebook.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CaptionsTest {

    private final SceneSampler sampler = new SceneSampler();
    private final Captions captions = new Captions();

    @Test
    void theFullCaptionReadsAsDocumented() {
        Thing cat = thing(Kind.CAT, ColorName.BROWN, Pattern.STRIPED);
        Thing ball = thing(Kind.BALL, ColorName.ORANGE, Pattern.PLAIN);
        Scene scene = new Scene(List.of(cat, ball), Relation.LEFT_OF, Background.BEACH, Style.SKETCH, 1);
        assertEquals("a sketch of a brown striped cat left of an orange ball on a beach", captions.full(scene));
        assertEquals(
                "a picture of an orange ball at night",
                captions.full(Scene.of(ball, Background.NIGHT, Style.PICTURE, 1)));
    }

    @Test
    void adjectivesAreAllThatFullCaptionsSetBeforeNouns() {
        Set<String> nouns = new HashSet<>();
        Arrays.stream(Kind.values()).map(Kind::word).forEach(nouns::add);
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 500; seed++) {
            List<String> words = List.of(captions.full(sampler.sample(seed)).split(" "));
            for (int noun = 0; noun < words.size(); noun++) {
                for (int i = noun - 1;
                        nouns.contains(words.get(noun)) && !words.get(i).matches("an?");
                        i--) {
                    seen.add(words.get(i));
                }
            }
        }
        assertEquals(seen, Set.copyOf(captions.adjectives()));
        assertEquals(13, captions.adjectives().size());
    }

    @Test
    void theFullCaptionTellsEverything() {
        for (int seed = 0; seed < 500; seed++) {
            Scene scene = sampler.sample(seed);
            String caption = captions.full(scene);
            for (Thing thing : scene.things()) {
                String pattern = thing.look().pattern() == Pattern.PLAIN
                        ? ""
                        : thing.look().pattern().word() + " ";
                String noun = thing.look().color().word() + " " + pattern
                        + thing.kind().word();
                assertTrue(caption.contains(noun), caption);
            }
            assertTrue(caption.contains(scene.relation().words()), caption);
            assertTrue(caption.startsWith("a " + scene.style().noun()), caption);
            assertTrue(caption.endsWith(scene.background().words()), caption);
        }
    }

    @Test
    void variedCaptionsNeverNameWhatIsNotThere() {
        for (int seed = 0; seed < 2000; seed++) {
            Scene scene = sampler.sample(seed);
            Set<String> words = words(captions.varied(scene, new SplittableRandom(seed)));
            for (Kind kind : Kind.values()) {
                assertTrue(
                        !words.contains(kind.word()) || scene.things().stream().anyMatch(thing -> thing.kind() == kind),
                        () -> scene + " " + words);
            }
            for (ColorName color : ColorName.values()) {
                assertTrue(
                        !words.contains(color.word())
                                || scene.things().stream()
                                        .anyMatch(thing -> thing.look().color() == color),
                        words::toString);
            }
        }
    }

    @Test
    void turningTheOrderInvertsTheRelation() {
        Choices choices =
                Choices.all().withRelations(Set.of(Relation.LEFT_OF)).withKinds(Set.of(Kind.CAT), Set.of(Kind.BALL));
        for (int seed = 0; seed < 500; seed++) {
            String caption = captions.varied(sampler.sample(seed, choices), new SplittableRandom(seed));
            int cat = caption.indexOf("cat");
            int ball = caption.indexOf("ball");
            if (cat >= 0 && ball >= 0) {
                assertFalse(caption.contains(cat < ball ? "right" : "left"), caption);
            }
        }
    }

    @Test
    void swappedCaptionsAreWrong() {
        for (int seed = 0; seed < 1000; seed++) {
            Scene scene = sampler.sample(seed);
            List<String> wrong = captions.swapped(scene);
            assertTrue(wrong.size() >= (scene.isPair() ? 8 : 5), wrong::toString);
            assertFalse(wrong.contains(captions.full(scene)), wrong::toString);
            assertEquals(wrong.size(), new HashSet<>(wrong).size(), wrong::toString);
        }
    }

    @Test
    void besideIsNotWrongTheOtherWayRound() {
        Choices choices = Choices.all().withRelations(Set.of(Relation.BESIDE));
        for (int seed = 0; seed < 500; seed++) {
            Scene scene = sampler.sample(seed, choices);
            Scene turned = new Scene(
                    List.of(scene.things().get(1), scene.things().get(0)),
                    Relation.BESIDE,
                    scene.background(),
                    scene.style(),
                    0);
            assertFalse(captions.swapped(scene).contains(captions.full(turned)));
        }
    }

    @Test
    void allWordsAreInTheVocabulary() {
        Set<String> vocabulary = captions.vocabulary();
        assertTrue(vocabulary.size() < 300);
        for (int seed = 0; seed < 3000; seed++) {
            Scene scene = sampler.sample(seed);
            assertTrue(vocabulary.containsAll(words(captions.full(scene))));
            assertTrue(vocabulary.containsAll(words(captions.varied(scene, new SplittableRandom(seed)))));
            captions.swapped(scene).forEach(caption -> assertTrue(vocabulary.containsAll(words(caption)), caption));
        }
    }

    private Thing thing(Kind kind, ColorName color, Pattern pattern) {
        return sampler.thing(
                3,
                Choices.all()
                        .withKinds(Set.of(kind), Set.of(kind))
                        .withColors(Set.of(color))
                        .withPatterns(Set.of(pattern)));
    }

    private static Set<String> words(String caption) {
        return new HashSet<>(Arrays.asList(caption.split(" ")));
    }
}
