package dev.hapax.method.disendiff;

import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.LossTerm;
import dev.hapax.learning.Method;
import dev.hapax.learning.PromptPlan;
import dev.hapax.learning.Tuning;
import dev.hapax.learning.loss.Denoising;
import dev.hapax.learning.loss.PriorPreservation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * DisenDiff: several things from one picture, a modifier before the class of each, on top of Custom Diffusion. Attention
 * losses bind each modifier to its class and keep the classes apart (Zhang et al. 2024, equation 6).
 */
public final class DisenDiff {
    private DisenDiff() {}

    /**
     * The method.
     *
     * @param subjects the things, of different classes
     * @param prompt what the picture shows, such as {@code <v1> cat and <v2> dog}
     * @param templates contexts of the prompt, each with {@code {}} where it goes
     * @param tuning which weights move: {@link Tuning#CROSS_KEYS_VALUES}, whole or as a LoRA
     * @param priorWeight of the loss on regularising pictures; 0 switches it off
     * @throws IllegalArgumentException if there is no subject, or two have one class
     */
    public static Method<DenoisingPass> of(
            List<Subject> subjects,
            String prompt,
            List<String> templates,
            Tuning tuning,
            double priorWeight,
            DisenDiffSettings settings) {
        requireDifferentClasses(subjects);
        AttentionShape shape = new AttentionShape(settings.smooth(), settings.suppressions());
        List<LossTerm<DenoisingPass>> losses = new ArrayList<>(List.of(new Denoising()));
        if (priorWeight > 0) {
            losses.add(new PriorPreservation().times(priorWeight));
        }
        if (settings.bindWeight() > 0) {
            losses.add(new Bind(subjects, shape).times(settings.bindWeight()));
        }
        if (settings.separateWeight() > 0 && subjects.size() > 1) {
            losses.add(new SeparateAndStrengthen(subjects, shape).times(settings.separateWeight()));
        }
        return new Method<>(
                "disendiff",
                "Zhang et al. 2024, arXiv 2403.18551",
                subjects.stream().map(Subject::modifier).toList(),
                PromptPlan.templates(templates, prompt),
                losses,
                tuning);
    }

    private static void requireDifferentClasses(List<Subject> subjects) {
        if (subjects.isEmpty()) {
            throw new IllegalArgumentException("the prompt has nothing to learn; write a modifier before each class,"
                    + " such as \"<v1> cat and <v2> dog\"");
        }
        Map<String, Subject> classes = new LinkedHashMap<>();
        for (Subject subject : subjects) {
            Subject other = classes.put(subject.className().toLowerCase(Locale.ROOT), subject);
            if (other != null) {
                throw new IllegalArgumentException("the class " + subject.className() + " is given twice, to "
                        + other.modifier().token() + " and "
                        + subject.modifier().token()
                        + "; DisenDiff keeps different classes apart, so name them differently, such as \"black dog\"");
            }
        }
    }
}
