package dev.hapax.evaluation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Thing;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImageNumbersTest {
    @Test
    void presenceIsAskedOfLearnedThingsAndOfTheOthersOfThePrompt() {
        assertEquals(List.of("cat", "mug"), ImageNumbers.named(List.of("cat"), List.of("mug")));
        assertEquals(
                List.of("cat", "mug"),
                ImageNumbers.named(List.of("cat", "mug"), List.of("cat", "mug")),
                "where both are learned, each once");
        Subject cat = LearnedConcepts.of(TinyGround.drawn(), 1).get(0);
        List<Thing> own = List.of(cat.thing("<a>").orElseThrow());
        assertEquals(Set.of(Kind.CAT, Kind.MUG), ImageNumbers.kinds(own, List.of("mug")));
        assertEquals(
                Set.of(Kind.CAT), ImageNumbers.kinds(own, List.of("a car park")), "which the reader does not know");
    }
}
