package dev.hapax.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.vision.detect.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptLayoutTest {
    private final LayoutPredictor predictor = TinyLayout.predictor();

    private PromptLayout layout(String prompt, String... learned) {
        return PromptLayout.of(predictor, prompt, List.of(), List.of(learned), word -> new float[] {0, 0, 1, 0});
    }

    @Test
    void theFirstNounOfThePromptStandsLeftUnlessItSaysOtherwise() {
        PairLayout pair = predictor.predict("dog", "cat");
        PromptLayout beside = layout("a dog beside a cat");
        assertEquals(List.of("dog", "cat"), List.copyOf(beside.boxes().keySet()));
        assertEquals(Map.of("dog", pair.firstBox(), "cat", pair.secondBox()), beside.boxes());
        assertEquals("dog and cat", beside.note());
        PromptLayout right = layout("a dog right of a cat");
        assertEquals(
                Map.of(
                        "dog",
                        pair.firstBox().mirrored(),
                        "cat",
                        pair.secondBox().mirrored()),
                right.boxes());
    }

    @Test
    void aWordWithoutANounCountsAsTheNearest() {
        PairLayout pair = predictor.predict("cat", "ball");
        PromptLayout layout = layout("a <a> cat and a <b>", "<a>", "<b>");
        assertEquals(Map.of("<a> cat", pair.firstBox(), "<b>", pair.secondBox()), layout.boxes());
        assertEquals("<a> cat and <b> (as ball)", layout.note());
    }

    @Test
    void phrasesMayBeNamedThatItDoesNotKnow() {
        List<String> asked = new ArrayList<>();
        PromptLayout layout =
                PromptLayout.of(predictor, "a kitten and a cat", List.of("kitten", "cat"), List.of(), word -> {
                    asked.add(word);
                    return new float[] {2, 1, 0, 0};
                });
        assertEquals(List.of("kitten"), asked);
        PairLayout pair = predictor.predict("dog", "cat");
        assertEquals(Map.of("kitten", pair.firstBox(), "cat", pair.secondBox()), layout.boxes());
        assertEquals("kitten (as dog) and cat", layout.note());
    }

    @Test
    void whatIsNoPairSideBySideHasNoBoxes() {
        none(3, "the layout predictor places two different things, the prompt names cat, dog, ball", "cat, dog, ball");
        none(2, "the layout predictor places two different things, the prompt names cat, cat", "a cat and a cat");
        none(
                1,
                "the layout predictor places two different things (cat, dog, ball), the prompt names cat",
                "a cat on a sofa");
        none(
                0,
                "the layout predictor places two different things (cat, dog, ball), the prompt names nothing that it"
                        + " knows",
                "a sofa");
        none(
                2,
                "the layout predictor places things side by side, the prompt puts cat and ball otherwise",
                "a cat above a ball");
    }

    private void none(int things, String note, String prompt) {
        assertEquals(new PromptLayout(things, Map.of(), note), layout(prompt));
    }

    @Test
    void boxesLieWithinThePicture() {
        for (Box box : layout("a dog beside a cat").boxes().values()) {
            assertTrue(box.left() >= 0 && box.right() <= 1 && box.top() >= 0 && box.bottom() <= 1, box::toString);
            assertTrue(box.area() > 0, box::toString);
        }
    }
}
