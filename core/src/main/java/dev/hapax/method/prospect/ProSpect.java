package dev.hapax.method.prospect;

import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.Method;
import dev.hapax.learning.PromptPlan;
import dev.hapax.learning.loss.Denoising;
import dev.hapax.tensor.Rng;
import dev.hapax.text.CellTable;
import dev.hapax.text.Word;
import java.util.List;

/**
 * ProSpect (Zhang et al. 2023): a word with vectors of its own for each of ten stages of a hundred timesteps, {@code k =
 * floor(10 t / 1000)}, learned by the denoising loss. Stage 9, the noisiest, is the paper's p_1.
 *
 * <p>In the direct form the vectors themselves are learned, in the paper's a net that generates them.
 */
public final class ProSpect {
    /** Stages of the paper. */
    public static final int STAGES = 10;

    private static final String PAPER = "Zhang et al. 2023, arXiv 2305.16225";

    private ProSpect() {}

    /**
     * The direct form.
     *
     * @param word what to learn; its cells are replaced
     * @param templates each with {@code {}} where the word goes; the paper's is the word alone
     */
    public static Method<DenoisingPass> direct(Word word, List<String> templates) {
        return method("prospect", word.in(CellTable.stages(STAGES)), templates);
    }

    /**
     * The paper's form: one transformer block makes the vectors of all stages of one start vector.
     *
     * @param word what to learn, of one vector; its cells are replaced
     * @param rng of the net's first weights
     */
    public static Method<DenoisingPass> generated(Word word, List<String> templates, Rng rng) {
        Word staged = word.in(CellTable.stages(STAGES)).madeBy(new StageNet(STAGES, rng));
        return method("prospect with generator", staged, templates);
    }

    private static Method<DenoisingPass> method(String name, Word word, List<String> templates) {
        return new Method<>(
                name, PAPER, List.of(word), PromptPlan.templates(templates, word.token()), List.of(new Denoising()));
    }
}
