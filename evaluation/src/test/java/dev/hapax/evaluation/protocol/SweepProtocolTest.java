package dev.hapax.evaluation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.picturebook.world.Captions;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.run.LearnRequest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepProtocolTest {
    private static final Comparison SMALL =
            ((ReworkedComparison) new SweepProtocol().on(TinyGround.drawn(), Scale.SMALL)).comparison();

    @Test
    void tenThingsOfAllSortsBeforeAndBehind() {
        List<Ask> asks = SMALL.entries().get(0).asks();
        assertEquals(10, asks.size());
        assertEquals("a picture of a <a> cat and a dog", asks.get(0).prompt());
        List<String> nouns = asks.stream().flatMap(ask -> ask.things().stream()).toList();
        assertTrue(
                asks.get(1).prompt().endsWith(nouns.get(1) + " and a <a> cat"),
                asks.get(1).prompt());
        List<String> kinds = Arrays.stream(Kind.values()).map(Kind::word).toList();
        assertTrue(kinds.indexOf(nouns.get(9)) >= kinds.size() - 3, "not the first ones alone: " + nouns);
    }

    @Test
    void everyRowHasItsOwnWeight() {
        List<LearnRequest.Anchoring> all = SMALL.entries().stream()
                .flatMap(entry ->
                        new LearnSettings(entry.words().get(0).description().settings()).anchors().stream())
                .toList();
        assertEquals(5 * 10, all.size());
        assertTrue(all.stream()
                .allMatch(anchoring -> anchoring.vocabulary().names().equals(new Captions().adjectives())));
        List<Double> weights = SMALL.entries().stream()
                .map(entry -> entry.words().get(0).description().settings())
                .map(settings -> new LearnSettings(settings)
                        .anchors()
                        .map(anchoring -> anchoring.settings().weight())
                        .orElse(0.0))
                .distinct()
                .toList();
        assertEquals(List.of(0.0, 0.25, 0.5, 0.75, 0.95, 1.0), weights);
    }

    /** Lambda is compared on the same noise, and each prompt has its own. */
    @Test
    void noiseBelongsToThePrompt() {
        List<List<Long>> noises = SMALL.entries().stream()
                .filter(entry -> entry.subject().words().equals(List.of("<a>")))
                .map(entry -> entry.asks().stream().map(Ask::noise).toList())
                .distinct()
                .toList();
        assertEquals(1, noises.size(), "of all lambdas");
        assertEquals(10, noises.get(0).stream().distinct().count());
    }
}
