package dev.hapax.method.compositionalinversion;

import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.LossTerm;
import dev.hapax.learning.Method;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Tokenizer;
import dev.hapax.text.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compositional Inversion, semantic part: whatever method learns a word, its vectors are kept near those of ordinary
 * words, which a diffusion model knows how to compose (Zhang et al. 2024).
 */
public final class CompositionalInversion {
    private static final String PAPER = "Zhang et al. 2024, arXiv 2312.08048";

    private CompositionalInversion() {}

    /**
     * A method with anchors for all its words: {@code (1 - lambda) L_rec + lambda L_anc} (equation 10). L_rec is all that the
     * method minimises by itself, so its losses keep their proportions (see decision 29).
     *
     * @param named the class of each word, by its token; of others it is what they {@linkplain Word#startsFrom start from}
     * @param anchors the vocabulary; classes of words join it if they are asked for
     * @param tokenizer of the model
     * @param encoder the model's text encoder
     */
    public static Method<DenoisingPass> on(
            Method<DenoisingPass> method,
            Map<String, String> named,
            Anchors anchors,
            Tokenizer tokenizer,
            ClipTextEncoder encoder,
            AnchorSettings settings) {
        boolean classes = settings.classShare() > 0;
        Map<String, String> own = new LinkedHashMap<>();
        method.words()
                .forEach(word ->
                        own.put(word.token(), classes ? named.getOrDefault(word.token(), word.startsFrom()) : ""));
        List<String> known =
                own.values().stream().filter(name -> !name.isEmpty()).toList();
        AnchorTable table = AnchorTable.of(anchors.with(known), tokenizer, encoder);
        List<LossTerm<DenoisingPass>> losses = new ArrayList<>();
        for (LossTerm<DenoisingPass> loss : method.losses()) {
            losses.add(loss.times(1 - settings.weight()));
        }
        if (settings.weight() > 0) {
            losses.add(nearAnchors(own, table, settings).times(settings.weight()));
        }
        return method.withLosses(method.name() + " with anchors", method.paper() + "; " + PAPER, losses);
    }

    /**
     * L_anc alone, without its weight, to be added to any method.
     *
     * @param words the tokens of the words to draw, each with its class among the anchors, or "" for none
     * @throws IllegalArgumentException if a class is no anchor, or none is named where the settings ask for one
     */
    public static LossTerm<DenoisingPass> nearAnchors(
            Map<String, String> words, AnchorTable table, AnchorSettings settings) {
        Map<String, Integer> classes = new LinkedHashMap<>();
        words.forEach((word, name) -> {
            if (name.isEmpty() && settings.classShare() > 0) {
                throw new IllegalArgumentException("the class of " + word + " shall be an anchor with a share of "
                        + settings.classShare() + ", but none is named; name it, or set the share to 0");
            }
            classes.put(word, name.isEmpty() ? -1 : table.index(name));
        });
        return new NearAnchors(classes, table, settings);
    }
}
