package dev.hapax.method.pplus;

import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.Method;
import dev.hapax.learning.PromptPlan;
import dev.hapax.learning.loss.Denoising;
import dev.hapax.text.CellTable;
import dev.hapax.text.Word;
import java.util.List;

/**
 * P+ with extended textual inversion (Voynov et al. 2023): a word with vectors of its own for each layer of the U-Net that
 * reads text, all learned together: {@code E ||eps - eps_theta(z_t, t, E_1 ... E_n)||^2} with {@code E_l} the prompt
 * encoded with the vectors of layer l.
 */
public final class PPlus {
    private PPlus() {}

    /**
     * The method for one word.
     *
     * @param word what to learn; its cells are replaced
     * @param layers of the U-Net that read text, 16 in Stable Diffusion 1.x and 2.x
     * @param templates each with {@code {}} where the word goes
     */
    public static Method<DenoisingPass> of(Word word, int layers, List<String> templates) {
        return new Method<>(
                "p+",
                "Voynov et al. 2023, arXiv 2303.09522",
                List.of(word.in(CellTable.perLayer(layers))),
                PromptPlan.templates(templates, word.token()),
                List.of(new Denoising()));
    }
}
