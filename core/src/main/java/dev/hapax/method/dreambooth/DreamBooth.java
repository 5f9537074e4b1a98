package dev.hapax.method.dreambooth;

import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.LossTerm;
import dev.hapax.learning.Method;
import dev.hapax.learning.PromptPlan;
import dev.hapax.learning.Tuning;
import dev.hapax.learning.loss.Denoising;
import dev.hapax.learning.loss.PriorPreservation;
import dev.hapax.text.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * DreamBooth: the whole U-Net learns to see one thing behind a rare name, while pictures of its class remind it of the
 * others (Ruiz et al. 2023, section 3, equation 2).
 */
public final class DreamBooth {
    private DreamBooth() {}

    /**
     * The method.
     *
     * @param words vectors that move as well; none for a rare name of the vocabulary, as in the paper
     * @param prompt what every picture shows, such as {@code a photo of sks dog}
     * @param templates contexts of the prompt, each with {@code {}} where it goes; the paper has the prompt alone
     * @param tuning which weights move: {@link Tuning#UNET}, with the text encoder or not, whole or as a LoRA
     * @param priorWeight lambda of equation 2; 0 switches prior preservation off
     */
    public static Method<DenoisingPass> of(
            List<Word> words, String prompt, List<String> templates, Tuning tuning, double priorWeight) {
        return method(words, PromptPlan.templates(templates, prompt), tuning, priorWeight);
    }

    /**
     * The method for several concepts with pictures of their own, trained jointly, as Kumari et al. 2023 do it
     * to compare.
     *
     * @param prompts what each picture shows, by the SHA-256 of its file
     */
    public static Method<DenoisingPass> joint(
            List<Word> words, Map<String, String> prompts, List<String> templates, Tuning tuning, double priorWeight) {
        return method(words, PromptPlan.joint(prompts, templates), tuning, priorWeight);
    }

    private static Method<DenoisingPass> method(
            List<Word> words, PromptPlan prompts, Tuning tuning, double priorWeight) {
        List<LossTerm<DenoisingPass>> losses = new ArrayList<>(List.of(new Denoising()));
        if (priorWeight > 0) {
            losses.add(new PriorPreservation().times(priorWeight));
        }
        return new Method<>("dreambooth", "Ruiz et al. 2023, arXiv 2208.12242", words, prompts, losses, tuning);
    }
}
