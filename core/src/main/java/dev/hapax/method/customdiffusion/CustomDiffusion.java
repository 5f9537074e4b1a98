package dev.hapax.method.customdiffusion;

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
 * Custom Diffusion: a modifier before the class word, and the keys and values of cross-attention, learned together; several
 * concepts at once if wanted (Kumari et al. 2023, sections 3.2 and 3.3). {@link ConstrainedMerge} joins concepts that were
 * learned apart.
 */
public final class CustomDiffusion {
    private CustomDiffusion() {}

    /**
     * The method for pictures that all show the same.
     *
     * @param words the modifiers
     * @param prompt what every picture shows, such as {@code <v1> cat}
     * @param templates contexts of the prompt, each with {@code {}} where it goes
     * @param tuning which weights move: {@link Tuning#CROSS_KEYS_VALUES}, whole or as a LoRA
     * @param priorWeight of the loss on regularising pictures; 0 switches it off
     */
    public static Method<DenoisingPass> of(
            List<Word> words, String prompt, List<String> templates, Tuning tuning, double priorWeight) {
        return method(words, PromptPlan.templates(templates, prompt), tuning, priorWeight);
    }

    /**
     * The method for several concepts with pictures of their own, trained jointly.
     *
     * @param prompts what each picture shows, by the SHA-256 of its file
     */
    public static Method<DenoisingPass> joint(
            List<Word> words, Map<String, String> prompts, List<String> templates, Tuning tuning, double priorWeight) {
        return method(words, PromptPlan.joint(prompts, templates), tuning, priorWeight);
    }

    private static Method<DenoisingPass> method(
            List<Word> words, PromptPlan prompts, Tuning tuning, double priorWeight) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException(
                    "custom diffusion learns a modifier for each concept, and the prompt has none; write \"<v1> cat\"");
        }
        List<LossTerm<DenoisingPass>> losses = new ArrayList<>(List.of(new Denoising()));
        if (priorWeight > 0) {
            losses.add(new PriorPreservation().times(priorWeight));
        }
        return new Method<>("custom diffusion", "Kumari et al. 2023, arXiv 2212.04488", words, prompts, losses, tuning);
    }
}
