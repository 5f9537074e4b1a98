package dev.hapax.method.textualinversion;

import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.Method;
import dev.hapax.learning.PromptPlan;
import dev.hapax.learning.loss.Denoising;
import dev.hapax.text.Word;
import java.util.List;

/**
 * Textual Inversion: one word for what a few pictures have in common, found by minimising the denoising loss over its
 * embedding alone (Gal et al. 2022, equation 2).
 */
public final class TextualInversion {
    /** Neutral contexts in the spirit of the paper's templates (section 4.1; appendix F lists CLIP's ImageNet ones). */
    public static final List<String> TEMPLATES = List.of(
            "a photo of {}",
            "a picture of {}",
            "a rendering of {}",
            "a cropped photo of {}",
            "a bright photo of {}",
            "a dark photo of {}",
            "a close-up photo of {}",
            "a good photo of {}",
            "an illustration of {}",
            "a depiction of {}");

    private TextualInversion() {}

    /**
     * The method for one word.
     *
     * @param word what to learn; more than one vector per word is the paper's "extended latent spaces" (section 5.1)
     * @param templates each with {@code {}} where the word goes
     */
    public static Method<DenoisingPass> of(Word word, List<String> templates) {
        return new Method<>(
                "textual inversion",
                "Gal et al. 2022, arXiv 2208.01618",
                List.of(word),
                PromptPlan.templates(templates, word.token()),
                List.of(new Denoising()));
    }
}
