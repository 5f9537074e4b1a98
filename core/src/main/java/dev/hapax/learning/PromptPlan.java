package dev.hapax.learning;

import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.text.PromptField;
import dev.hapax.text.Word;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Function;

/** Says what a picture shows: the prompt of each sample of each training step. */
public interface PromptPlan {
    /** The prompt for a picture; which of several follows from (seed, step, sample) alone. */
    String prompt(Example picture, Rng rng, long step, int sample);

    /** The same where other layers and timesteps are told other things; one prompt for all, unless a plan says more. */
    default PromptField field(Example picture, Rng rng, long step, int sample) {
        return PromptField.constant(prompt(picture, rng, step, sample));
    }

    /**
     * The timestep of a sample: uniform, unless a plan knows of timesteps at which there is nothing to learn.
     *
     * @param count timesteps of the noise schedule
     */
    default long timestep(Rng rng, long step, int sample, int count) {
        return rng.below(count, Purpose.TIMESTEP, step, sample, 0);
    }

    /** Every prompt that may be drawn for a picture. */
    List<String> all(Example picture);

    /** Whether the prompts of this picture must hold this word; they must, unless a plan has words of single pictures. */
    default boolean holds(Example picture, Word word) {
        return true;
    }

    /** One string for all pictures. */
    static PromptPlan fixed(String prompt) {
        return templates(List.of("{}"), prompt);
    }

    /** One of these strings each time. */
    static PromptPlan oneOf(List<String> prompts) {
        List<String> copy = List.copyOf(prompts);
        return new PromptPlan() {
            @Override
            public String prompt(Example picture, Rng rng, long step, int sample) {
                return copy.get(rng.below(copy.size(), Purpose.TEXT, step, sample, 0));
            }

            @Override
            public List<String> all(Example picture) {
                return copy;
            }
        };
    }

    /** A random template each time, with {@code phrase} in the place of its {@code {}}. */
    static PromptPlan templates(List<String> templates, String phrase) {
        return perPicture(templates, picture -> phrase);
    }

    /**
     * A random template each time around the phrase of the picture's concept, which holds the words of that concept alone
     * (joint training of several concepts, Kumari et al. 2023, section 3.3).
     *
     * @param phrases by the SHA-256 of each picture's file
     */
    static PromptPlan joint(Map<String, String> phrases, List<String> templates) {
        Function<Example, String> phrase = picture -> {
            String own = phrases.get(picture.sha256());
            if (own == null) {
                throw new IllegalArgumentException("nothing says what the picture " + picture.name()
                        + " shows; give a prompt for each concept and its pictures");
            }
            return own;
        };
        return perPicture(
                templates, phrase, (picture, word) -> phrase.apply(picture).contains(word.token()));
    }

    /** A random template each time around a phrase of the picture's own, which holds every word. */
    static PromptPlan perPicture(List<String> templates, Function<Example, String> phrase) {
        return perPicture(templates, phrase, (picture, word) -> true);
    }

    /**
     * A random template each time around a phrase of the picture's own.
     *
     * @param templates each with {@code {}} where the phrase goes
     * @param held whether the phrase of a picture holds a word
     * @throws IllegalArgumentException if a template has no place for the phrase
     */
    static PromptPlan perPicture(
            List<String> templates, Function<Example, String> phrase, BiPredicate<Example, Word> held) {
        return new TemplatePrompts(templates, phrase, held);
    }
}
