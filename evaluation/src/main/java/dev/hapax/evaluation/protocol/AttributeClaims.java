package dev.hapax.evaluation.protocol;

import static dev.hapax.evaluation.protocol.Attribute.COLOR;
import static dev.hapax.evaluation.protocol.Attribute.STYLE;

import dev.hapax.evaluation.protocol.AttributeScores.Value;
import dev.hapax.evaluation.statistics.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is claimed about MATTE: each of its words moves its own attribute at least twice as much as any other, and it confuses
 * color and style less than P+ and ProSpect. The paper says so; its numbers are not known, and the bars are ours.
 *
 * @param scores what was measured
 */
record AttributeClaims(AttributeScores scores) {
    private static final double DOMINATES = 2; // times any other
    private static final String SOURCE = "our own bar, after Agarwal et al. 2025 (arXiv 2311.11919)";

    List<Claim> all() {
        List<Claim> claims = new ArrayList<>();
        Stream.of(AttributeRow.values()).filter(AttributeRow::usesOwnWords).forEach(row -> add(claims, row));
        return claims;
    }

    private void add(List<Claim> claims, AttributeRow row) {
        for (Attribute word : Attribute.values()) {
            for (Attribute other : Attribute.values()) {
                if (other != word) {
                    claims.add(dominates(row, word, other));
                }
            }
        }
        for (AttributeRow rival : List.of(AttributeRow.P_PLUS, AttributeRow.PROSPECT)) {
            claims.add(claim(
                    "confusion of color and style: " + row + " < " + rival, minus(confusion(rival), confusion(row))));
            claims.add(claim(
                    "separation of color and style: " + row + " > " + rival,
                    minus(separation(row), separation(rival))));
        }
    }

    private Claim dominates(AttributeRow row, Attribute word, Attribute other) {
        Value own = scores.moved(row, word, word);
        Value leak = scores.moved(row, word, other);
        return claim(
                row + ", " + word.word() + ": " + word + " moved > 2 x " + other + " moved",
                (reference, image) -> own.of(reference, image) - DOMINATES * leak.of(reference, image));
    }

    /** How much the color's word moves the style, and the style's the color. */
    Value confusion(AttributeRow row) {
        return plus(scores.moved(row, COLOR, STYLE), scores.moved(row, STYLE, COLOR));
    }

    /** How much each of the two moves its own. */
    Value own(AttributeRow row) {
        return plus(scores.moved(row, COLOR, COLOR), scores.moved(row, STYLE, STYLE));
    }

    /** How much more each of the two moves its own than the other's: words that move nothing separate nothing. */
    Value separation(AttributeRow row) {
        return minus(own(row), confusion(row));
    }

    private static Value plus(Value one, Value other) {
        return (reference, image) -> one.of(reference, image) + other.of(reference, image);
    }

    private static Value minus(Value one, Value other) {
        return (reference, image) -> one.of(reference, image) - other.of(reference, image);
    }

    private Claim claim(String name, Value difference) {
        return new Claim(name, SOURCE, scores.interval(difference));
    }
}
