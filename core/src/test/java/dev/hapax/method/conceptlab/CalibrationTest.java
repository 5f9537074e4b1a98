package dev.hapax.method.conceptlab;

import static dev.hapax.method.conceptlab.ReferencePrior.CONTEXTS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.prior.ImagePrior;
import dev.hapax.prior.TextCondition;
import dev.hapax.run.PriorModel;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Thresholds of a prior that draws what it reads, so that cosines are those of texts. */
class CalibrationTest {
    private static ReferencePrior reference;
    private static PriorModel model;
    private static TextEmbeddings space;

    @BeforeAll
    static void open() {
        reference = new ReferencePrior();
        model = reference.model();
        space = reference.space();
    }

    @AfterAll
    static void close() {
        reference.close();
    }

    /** Draws the pooled text. */
    private record Echo(int width) implements ImagePrior {
        @Override
        public String purpose() {
            return "none";
        }

        @Override
        public Tensor draw(TextCondition text, Rng rng, long step) {
            return text.pooled().times(3); // embeddings are not of unit length
        }
    }

    private static Calibration calibration() {
        ImagePrior echo = new Echo(model.prior().width());
        return new Calibration(reference.forward(echo, 1), space, CONTEXTS);
    }

    /** The cosines of two names in each context. */
    private static List<Double> alike(String one, String other) {
        List<Double> cosines = new ArrayList<>();
        for (Context context : CONTEXTS) {
            cosines.add(space.of(context.with(one))
                    .times(space.of(context.with(other)))
                    .sum()
                    .item());
        }
        return cosines;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    @Test
    void aWordNeedNotBeLessLikeAMemberThanTheOtherMembersAre() {
        Thresholds measured = calibration().drawn("cup", List.of("cat", "dog", "house"));
        assertEquals(1, measured.ceiling(), 1e-5, "what is drawn for the category is its text here");
        List<Double> siblings = new ArrayList<>();
        for (int twice = 0; twice < 2; twice++) { // either is drawn and compared with the other
            siblings.addAll(alike("cat", "dog"));
            siblings.addAll(alike("cat", "house"));
            siblings.addAll(alike("dog", "house"));
        }
        assertEquals(median(siblings), measured.floor(), 1e-5);
        assertTrue(measured.floor() < 0.999, "and no member's own pictures are among them");
    }

    @Test
    void aMemberWithoutSiblingsIsComparedWithTheCategory() {
        Thresholds measured = calibration().drawn("cup", List.of("cat"));
        assertEquals(median(alike("cup", "cat")), measured.floor(), 1e-5);
    }

    @Test
    void whatAStyleShallResembleIsWhatElseThereIs() {
        List<Context> styles = List.of(new Context("a photo of a cat in the {}", "a photo of a cat"));
        Calibration calibration =
                new Calibration(reference.forward(new Echo(model.prior().width()), 1), space, styles);
        double like = space.of("a photo of a cat in the room")
                .times(space.of("a photo of a cat"))
                .sum()
                .item();
        assertEquals(like, calibration.drawn("room", List.of("house", "dog")).ceiling(), 1e-5);
        Thresholds texts = calibration.texts("room", List.of("house", "dog"), List.of());
        double siblings = space.of("a photo of a cat in the house")
                .times(space.of("a photo of a cat in the dog"))
                .sum()
                .item();
        assertEquals(siblings, texts.floor(), 1e-5, "there are no other styles");
        double member = space.of("a photo of a cat")
                .times(space.of("a photo of a cat in the house").plus(space.of("a photo of a cat in the dog")))
                .sum()
                .item();
        assertEquals(member / 2, texts.ceiling(), 1e-5);
    }

    @Test
    void nothingIsMeasuredOfNothing() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> calibration().drawn("cup", List.of()))
                .getMessage();
        assertTrue(message.contains("measured on members, and there are none"), message);
        message = assertThrows(
                        IllegalArgumentException.class, () -> calibration().texts("cup", List.of("cat"), List.of()))
                .getMessage();
        assertTrue(message.contains("measured on several members or other things"), message);
    }
}
