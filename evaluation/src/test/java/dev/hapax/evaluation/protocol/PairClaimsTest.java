package dev.hapax.evaluation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.evaluation.protocol.ConceptPairs.Concept;
import dev.hapax.evaluation.protocol.ConceptPairs.Pairing;
import dev.hapax.evaluation.statistics.Claim;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two learned cats and dogs among the nouns; images of learned words have 0.3, of two nouns 0.5. */
class PairClaimsTest {
    private static final Ground GROUND = TinyGround.drawn();
    private static final List<Concept> CONCEPTS = List.of(
            new Concept(new Compositions.Part("<a>", "cat"), List.of(), List.of()),
            new Concept(new Compositions.Part("<b>", "dog"), List.of(), List.of()),
            new Concept(Compositions.Part.of("cat"), List.of(), List.of()),
            new Concept(Compositions.Part.of("dog"), List.of(), List.of()),
            new Concept(Compositions.Part.of("mug"), List.of(), List.of()));
    private static final ConceptPairs PAIRS = new ConceptPairs(
            GROUND,
            CONCEPTS,
            new Course(List.of(2L), 0.01, 2, 7, List.of("{}")),
            new Drawing(2, 4, "ddim", 2, 0, 7),
            Map.of());

    @Test
    void conceptsOfOneNounAreNotDrawnTogether() {
        List<Pairing> pairings = PAIRS.pairings();
        // 5 x 4 ordered pairs without (<a>, cat), (cat, <a>), (<b>, dog), (dog, <b>); two images of each
        assertEquals(2 * (20 - 4), pairings.size());
        assertTrue(pairings.stream().noneMatch(pairing -> pairing.first() == 0 && pairing.second() == 2));
        assertEquals(pairings.size() + CONCEPTS.size(), PAIRS.cells().size());
        assertEquals(
                PAIRS.cells().size(),
                PAIRS.cells().stream().map(cell -> cell.key()).distinct().count());
        assertEquals(
                "a picture of a cat and a mug",
                PAIRS.cells()
                        .get(pairings.indexOf(new Pairing(0, 4, 0)))
                        .description()
                        .settings()
                        .path("text")
                        .asText());
    }

    @Test
    void aLearnedWordIsComparedWithItsNounBesideTheSamePartner() {
        List<Pairing> pairings = PAIRS.pairings();
        List<Claim> claims = new PairClaims(PAIRS, pairings, (pairing, key) -> {
                    Pairing each = pairings.get(pairing);
                    boolean learned = each.first() < 2 || each.second() < 2;
                    boolean mugFirst = each.first() == 4;
                    return key.equals("text")
                            ? Optional.of((learned ? 0.3 : 0.5) + (mugFirst ? 0.1 : 0) + 0.01 * each.image())
                            : Optional.empty();
                })
                .all();
        assertEquals(1, claims.size(), "only text alignment was measured");
        assertEquals(0.2, claims.get(0).difference().mean(), 1e-12, "partner, order and image are the same");
        assertEquals(0.2, claims.get(0).difference().low(), 1e-12);
        assertEquals(2, claims.get(0).difference().n(), "one unit for each learned word");
    }
}
