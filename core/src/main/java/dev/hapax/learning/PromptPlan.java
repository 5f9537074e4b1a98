package dev.hapax.learning;

import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.text.Word;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Says what a picture shows: the prompt of each sample of each training step. */
public interface PromptPlan {
    /** The prompt for a picture; which of several follows from (seed, step, sample) alone. */
    String prompt(Example picture, Rng rng, long step, int sample);

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
        return new JointPrompts(phrases, templates);
    }

    /** A random template each time around a phrase of the picture's own. */
    static PromptPlan perPicture(List<String> templates, Function<Example, String> phrase) {
        List<String> copy = List.copyOf(templates);
        copy.stream().filter(template -> !template.contains("{}")).findFirst().ifPresent(template -> {
            throw new IllegalArgumentException("template \"" + template + "\" has no {} for the words");
        });
        return new PromptPlan() {
            @Override
            public String prompt(Example picture, Rng rng, long step, int sample) {
                return copy.get(rng.below(copy.size(), Purpose.TEXT, step, sample, 0))
                        .replace("{}", phrase.apply(picture));
            }

            @Override
            public List<String> all(Example picture) {
                return copy.stream()
                        .map(template -> template.replace("{}", phrase.apply(picture)))
                        .toList();
            }
        };
    }
}
