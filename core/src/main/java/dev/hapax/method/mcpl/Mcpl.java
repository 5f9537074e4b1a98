package dev.hapax.method.mcpl;

import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.LossTerm;
import dev.hapax.learning.Method;
import dev.hapax.learning.PromptPlan;
import dev.hapax.learning.loss.Denoising;
import dev.hapax.text.Word;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Multi-Concept Prompt Learning: several words at once from one sentence about one picture (Jin et al. 2024), kept apart
 * by attention masks, prompt contrast and bound adjectives.
 */
public final class Mcpl {
    private static final String PAPER = "Jin et al. 2024, arXiv 2310.12274";

    private Mcpl() {}

    /** MCPL-one: the placeholders are learned, the rest of {@code sentence} stays ordinary. */
    public static Method<DenoisingPass> one(
            List<Word> words, String sentence, List<String> templates, McplSettings settings) {
        return method("mcpl-one", words, words, PromptPlan.templates(templates, sentence), settings);
    }

    /**
     * MCPL-all: every word of {@code sentence} is learned. An ordinary word {@code w} becomes {@code <w>}, or {@code
     * <w->} where a placeholder is called so already, and starts from {@code w}.
     */
    public static Method<DenoisingPass> all(
            List<Word> words, String sentence, List<String> templates, McplSettings settings) {
        List<Word> everything = new ArrayList<>(words);
        List<String> rewritten = new ArrayList<>();
        Set<String> placeholders =
                new LinkedHashSet<>(words.stream().map(Word::token).toList());
        Set<String> known = new LinkedHashSet<>(placeholders);
        for (String piece : sentence.trim().split("\\s+|(?=[.,;:!?]+(?:\\s|$))")) {
            String token = token(piece, placeholders);
            if (known.add(token) && !token.equals(piece)) {
                everything.add(Word.of(token, piece));
            }
            rewritten.add(token);
        }
        return method(
                "mcpl-all",
                everything,
                words,
                PromptPlan.templates(templates, String.join(" ", rewritten)),
                settings.withLearnedAdjectives());
    }

    private static String token(String piece, Set<String> placeholders) {
        if (placeholders.contains(piece) || piece.matches("[.,;:!?]+")) {
            return piece;
        }
        String token = "<" + piece + ">";
        return placeholders.contains(token) ? "<" + piece + "->" : token; // the article beside a word <a>
    }

    /**
     * MCPL-diverse: as {@link #one}, with several pictures whose file names say how they differ; {@code RELATE} in the
     * sentence becomes the word {@code <name>} of each picture, which is learned as well.
     */
    public static Method<DenoisingPass> diverse(
            List<Word> words,
            List<String> pictureNames,
            String sentence,
            List<String> templates,
            McplSettings settings) {
        if (!sentence.contains("RELATE")) {
            throw new IllegalArgumentException(
                    "mcpl-diverse needs RELATE in the sentence, where each picture's own word goes; got \"" + sentence
                            + "\"");
        }
        List<Word> everything = new ArrayList<>(words);
        pictureNames.stream().distinct().forEach(name -> everything.add(Word.of(own(name), name)));
        return method("mcpl-diverse", everything, words, relating(words, sentence, templates), settings);
    }

    /** {@code RELATE} becomes the word of the picture at hand, which no other picture holds. */
    private static PromptPlan relating(List<Word> shared, String sentence, List<String> templates) {
        return PromptPlan.perPicture(
                templates,
                picture -> sentence.replace("RELATE", own(picture.name())),
                (picture, word) -> shared.contains(word) || word.token().equals(own(picture.name())));
    }

    private static String own(String picture) {
        return "<" + picture + ">";
    }

    private static Method<DenoisingPass> method(
            String name, List<Word> learned, List<Word> concepts, PromptPlan prompts, McplSettings settings) {
        List<LossTerm<DenoisingPass>> losses = new ArrayList<>();
        List<String> tokens = concepts.stream().map(Word::token).toList();
        losses.add(
                settings.attentionMask()
                        ? new MaskedDenoising(tokens, settings.maskThreshold(), settings.mapMemory())
                        : new Denoising());
        if (settings.contrastWeight() > 0) {
            losses.add(new PromptContrast(settings.groups(tokens), settings.temperature(), settings.space())
                    .times(settings.contrastWeight()));
        }
        return new Method<>(name, PAPER, learned, prompts, losses);
    }
}
