package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.protocol.ConceptPairs.Concept;
import dev.hapax.evaluation.protocol.ConceptPairs.Pairing;
import dev.hapax.evaluation.report.Measure;
import dev.hapax.evaluation.statistics.Bootstrap;
import dev.hapax.evaluation.statistics.Claim;
import dev.hapax.evaluation.statistics.Observation;
import dev.hapax.evaluation.statistics.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is said about learned words among ordinary ones: that each composes worse than its own noun does, with the same
 * partners, which is why Zhang et al. 2024 keep words near ordinary ones.
 *
 * @param pairs the concepts
 * @param pairings their images
 * @param values what was measured
 */
record PairClaims(ConceptPairs pairs, List<Pairing> pairings, Values values) {

    /** Measured values. */
    @FunctionalInterface
    interface Values {
        /** That of an image and a figure's key; empty if it was not measured. */
        Optional<Double> of(int pairing, String key);
    }

    List<Claim> all() {
        List<Claim> claims = new ArrayList<>();
        for (Map.Entry<String, Measure> each : PairScores.MEASURES.entrySet()) {
            List<Observation> differences = differences(each.getKey());
            if (!differences.isEmpty()) {
                claims.add(new Claim(
                        each.getValue().name() + ": an ordinary noun > a word learned for a thing of its kind",
                        "Zhang et al. 2024 (arXiv 2312.08048)",
                        Bootstrap.DEFAULT.mean(new Sample(differences))));
            }
        }
        return claims;
    }

    /** Of each image of a learned word and an ordinary partner: the noun in its place, minus the word. */
    private List<Observation> differences(String key) {
        Map<Pairing, Integer> places = new LinkedHashMap<>();
        for (int i = 0; i < pairings.size(); i++) {
            places.put(pairings.get(i), i);
        }
        List<Observation> differences = new ArrayList<>();
        for (int i = 0; i < pairings.size(); i++) {
            Pairing pairing = pairings.get(i);
            boolean first = concept(pairing.first()).part().isLearned();
            boolean second = concept(pairing.second()).part().isLearned();
            if (first == second) {
                continue;
            }
            int learned = first ? pairing.first() : pairing.second();
            Integer plain = places.get(replaced(pairing, first));
            if (plain != null) {
                Optional<Double> own = values.of(i, key);
                values.of(plain, key)
                        .flatMap(noun -> own.map(word -> noun - word))
                        .ifPresent(difference -> differences.add(new Observation(
                                pairing.toString(), concept(learned).name(), difference)));
            }
        }
        return differences;
    }

    private Concept concept(int index) {
        return pairs.concepts().get(index);
    }

    /** The same with the noun in the place of the learned word; none of the pairings if the noun is no concept. */
    private Pairing replaced(Pairing pairing, boolean first) {
        int learned = first ? pairing.first() : pairing.second();
        int noun = noun(concept(learned).part().noun());
        return first
                ? new Pairing(noun, pairing.second(), pairing.image())
                : new Pairing(pairing.first(), noun, pairing.image());
    }

    private int noun(String noun) {
        for (int i = 0; i < pairs.concepts().size(); i++) {
            if (!concept(i).part().isLearned() && concept(i).part().noun().equals(noun)) {
                return i;
            }
        }
        return -1;
    }
}
