package dev.hapax.method.matte;

import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.LossTerm;
import dev.hapax.learning.Method;
import dev.hapax.learning.loss.Denoising;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Tokenizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * MATTE: color, style, object and layout of one picture, each a word of its own that is read by some layers in some stages
 * of denoising alone (Agarwal et al. 2025). {@code L = L_R + L_CS + L_O}: reconstruction; color apart from style; object
 * apart from layout. What of it is the paper's and what ours: docs/methods/matte.md.
 */
public final class Matte {
    private static final String PAPER = "Agarwal et al. 2025, WACV, arXiv 2311.11919";

    private Matte() {}

    /**
     * The method.
     *
     * @param colors ordinary color words of the picture with their weights, at least one
     * @param className ordinary noun of the object; empty leaves L_O out
     * @param tokenizer of the model
     * @param encoder the model's text encoder
     */
    public static Method<DenoisingPass> of(
            MatteWords words,
            MatteCells cells,
            Map<String, Double> colors,
            String className,
            MatteSettings settings,
            Tokenizer tokenizer,
            ClipTextEncoder encoder) {
        if (colors.isEmpty()) {
            throw new IllegalArgumentException("MATTE compares the color word with ordinary ones; name at least one");
        }
        Representation representation = new Representation(settings.space(), tokenizer, encoder);
        Tensor color = representation.of(new LinkedHashMap<>(colors)).detach();
        String c = words.color().token();
        String s = words.style().token();
        String o = words.object().token();
        String l = words.layout().token();
        LossTerm<DenoisingPass> reconstruction = new Denoising();
        List<LossTerm<DenoisingPass>> losses = new ArrayList<>(List.of(reconstruction));
        add(losses, new Nearness("color", c, color, settings.form(), representation), c, settings, settings.pull());
        add(
                losses,
                new EqualDistance("color and style", c, color, s, settings.form(), representation),
                s, // the gradient at the style word is some 30 times the shorter one
                settings,
                settings.equal());
        if (!className.isEmpty()) {
            Tensor noun = representation.of(className).detach();
            add(
                    losses,
                    new Nearness("object", o, noun, settings.form(), representation),
                    o,
                    settings,
                    settings.object());
            if (settings.equalLayout()) {
                add(
                        losses,
                        new EqualDistance("object and layout", o, noun, l, settings.form(), representation),
                        l,
                        settings,
                        settings.object());
            }
        }
        return new Method<>("matte", PAPER, words.all(), new MattePrompts(words, cells, settings), losses);
    }

    private static void add(
            List<LossTerm<DenoisingPass>> losses,
            LossTerm<DenoisingPass> term,
            String measuredAt,
            MatteSettings settings,
            double fallback) {
        if (fallback > 0) { // a weight of 0 switches it off
            losses.add(new Calibrated(term, losses.get(0), measuredAt, settings.share(), fallback));
        }
    }
}
