package dev.hapax.learning;

import dev.hapax.text.Word;
import java.util.List;

/**
 * A way of learning words: which words, from which prompts, by which losses, and which weights move as well. A published
 * method is one value of this.
 *
 * @param name as its paper names it
 * @param paper the reference
 * @param words what is learned; may be none where weights move
 * @param prompts what the pictures are said to show
 * @param losses their sum is minimised
 * @param tuning which weights also move
 * @param feedback what looks at the words between steps
 * @param <P> the kind of pass that the losses read
 */
public record Method<P extends Pass>(
        String name,
        String paper,
        List<Word> words,
        PromptPlan prompts,
        List<LossTerm<P>> losses,
        Tuning tuning,
        Feedback feedback) {

    /** Copies the lists and checks that there is something to learn, each word once. */
    public Method {
        words = List.copyOf(words);
        losses = List.copyOf(losses);
        if ((words.isEmpty() && tuning.isNone()) || losses.isEmpty()) {
            throw new IllegalArgumentException(name + " needs at least one word and one loss");
        }
        if (words.stream().map(Word::token).distinct().count() < words.size()) {
            throw new IllegalArgumentException("two words are called alike: "
                    + words.stream().map(Word::token).toList());
        }
    }

    /** A method without feedback. */
    public Method(
            String name, String paper, List<Word> words, PromptPlan prompts, List<LossTerm<P>> losses, Tuning tuning) {
        this(name, paper, words, prompts, losses, tuning, Feedback.NONE);
    }

    /** A method that moves words alone. */
    public Method(String name, String paper, List<Word> words, PromptPlan prompts, List<LossTerm<P>> losses) {
        this(name, paper, words, prompts, losses, Tuning.NONE);
    }

    /** What the pass must record of the cross-attention for all the losses. */
    public AttentionNeed attention() {
        return losses.stream().map(LossTerm::attention).reduce(AttentionNeed.NONE, AttentionNeed::and);
    }

    /** This method with another loss beside its own. */
    public Method<P> and(LossTerm<P> loss) {
        return new Method<>(
                name,
                paper,
                words,
                prompts,
                java.util.stream.Stream.concat(losses.stream(), java.util.stream.Stream.of(loss))
                        .toList(),
                tuning,
                feedback);
    }

    /** This method under another name, with other losses. */
    public Method<P> withLosses(String newName, String newPaper, List<LossTerm<P>> newLosses) {
        return new Method<>(newName, newPaper, words, prompts, newLosses, tuning, feedback);
    }
}
