package dev.hapax.evaluation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.hapax.diffusion.WordBox;
import dev.hapax.evaluation.protocol.Compositions.Part;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompositionsTest {
    private static final Part CAT = new Part("<a>", "cat");

    private static Compositions on(Optional<Path> pictures) {
        return new Compositions(TinyGround.of(pictures));
    }

    @Test
    void promptsReadAsTheModelKnowsThem() {
        Compositions drawn = on(Optional.empty());
        assertEquals("a picture of a <a> cat and an apple", drawn.prompt(CAT, Part.of("apple")));
        assertEquals("a picture of an apple and a <a> cat", drawn.prompt(Part.of("apple"), CAT));
        assertEquals("a picture of a mug and a ball", drawn.prompt(Part.of("mug"), Part.of("ball")));
        Compositions photos = on(Optional.of(Path.of("pictures")));
        assertEquals("<a> cat and traffic light", photos.prompt(CAT, Part.of("traffic light")), "the paper's form");
    }

    @Test
    void aWordAndItsNounAreDrawnFromTheSameNoise() {
        Compositions drawn = on(Optional.empty());
        Part mug = Part.of("mug");
        Ask learned = drawn.ask(CAT, mug, false);
        assertEquals(learned.noise(), drawn.ask(Part.of("cat"), mug, false).noise());
        assertEquals(learned.noise(), drawn.ask(CAT, mug, true).noise(), "held or not");
        assertNotEquals(learned.noise(), drawn.ask(mug, CAT, false).noise());
        assertNotEquals(learned.noise(), drawn.ask(CAT, Part.of("ball"), false).noise());
        Drawing drawing = Drawing.small(1);
        assertEquals(
                drawing.seed() + learned.noise(),
                drawing.product(TinyGround.drawn(), learned, List.of(), 1, 0)
                        .description()
                        .settings()
                        .path("seed")
                        .asLong());
    }

    @Test
    void theOrdinaryThingIsLookedForAndBothAreHeld() {
        Compositions drawn = on(Optional.empty());
        Ask ask = drawn.ask(Part.of("mug"), CAT, true);
        assertEquals(List.of("<a>"), ask.words());
        assertEquals(List.of("mug"), ask.things());
        assertEquals(Optional.of(Compositions.ONE), ask.part());
        List<String> held = ask.boxes().stream().map(WordBox::word).toList();
        assertEquals(List.of("mug", "<a>"), held, "the class behind the word is not held");
        assertEquals(
                new SideBySide().boxes("mug", "cat"),
                ask.boxes().stream().map(WordBox::box).toList());
        assertEquals(List.of(), drawn.ask(Part.of("mug"), CAT, false).boxes());
        assertFalse(ask.isAlone());

        Ask two = drawn.ask(CAT, new Part("<b>", "mug"), false);
        assertEquals(List.of("<a>", "<b>"), two.words());
        assertEquals(List.of("cat", "mug"), two.things());
        assertEquals(Optional.of(Compositions.TWO), two.part());
    }
}
