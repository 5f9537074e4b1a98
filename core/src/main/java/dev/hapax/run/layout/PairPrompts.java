package dev.hapax.run.layout;

import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Prompts that name two of some nouns, in an order drawn from the seed: all ordered pairs once, then all of them again,
 * and so on. So the first so many images are always a fair sample.
 *
 * @param nouns at least two
 * @param link what stands between the two, such as {@code and}
 * @param seed of the order
 */
public record PairPrompts(List<String> nouns, String link, long seed) {

    /** Checks that there are two nouns, each once, and something between them. */
    public PairPrompts {
        nouns = List.copyOf(nouns);
        for (String noun : nouns) {
            if (nouns.indexOf(noun) != nouns.lastIndexOf(noun)) {
                throw new IllegalArgumentException("the noun \"" + noun + "\" is given twice; give each once");
            }
        }
        if (nouns.size() < 2 || link.isBlank()) {
            throw new IllegalArgumentException("prompts of pairs need at least two nouns and a word between them, got "
                    + nouns + " and \"" + link + "\"");
        }
    }

    /**
     * Two nouns.
     *
     * @param first is named first
     * @param second is named second
     */
    public record Pair(String first, String second) {}

    /** How many ordered pairs there are. */
    public int size() {
        return nouns.size() * (nouns.size() - 1);
    }

    /** All pairs in the order in which they are drawn. */
    public List<Pair> pairs() {
        List<Pair> pairs = new ArrayList<>();
        for (String first : nouns) {
            nouns.stream().filter(it -> !it.equals(first)).forEach(second -> pairs.add(new Pair(first, second)));
        }
        Rng rng = new Rng(seed);
        for (int i = pairs.size() - 1; i > 0; i--) { // Fisher and Yates
            Collections.swap(pairs, i, rng.below(i + 1, Purpose.SHUFFLE, 0, i, 0));
        }
        return pairs;
    }

    /** The prompt of a pair, such as "a cat and an apple". */
    public String prompt(Pair pair) {
        return withArticle(pair.first()) + " " + link.strip() + " " + withArticle(pair.second());
    }

    private static String withArticle(String noun) {
        return ("aeiou".indexOf(Character.toLowerCase(noun.charAt(0))) >= 0 ? "an " : "a ") + noun;
    }
}
