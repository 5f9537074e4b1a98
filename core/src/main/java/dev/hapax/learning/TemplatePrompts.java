package dev.hapax.learning;

import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.text.Word;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * A random template each time around the phrase of a picture.
 *
 * @param templates each with {@code {}} where the phrase goes
 * @param phrase of a picture
 * @param held whether the phrase of this picture holds this word
 */
record TemplatePrompts(List<String> templates, Function<Example, String> phrase, BiPredicate<Example, Word> held)
        implements PromptPlan {

    /** Keeps a copy of the templates and checks them. */
    TemplatePrompts {
        templates = List.copyOf(templates);
        templates.stream()
                .filter(template -> !template.contains("{}"))
                .findFirst()
                .ifPresent(template -> {
                    throw new IllegalArgumentException("template \"" + template + "\" has no {} for the words");
                });
    }

    @Override
    public String prompt(Example picture, Rng rng, long step, int sample) {
        return templates
                .get(rng.below(templates.size(), Purpose.TEXT, step, sample, 0))
                .replace("{}", phrase.apply(picture));
    }

    @Override
    public List<String> all(Example picture) {
        return templates.stream()
                .map(template -> template.replace("{}", phrase.apply(picture)))
                .toList();
    }

    @Override
    public boolean holds(Example picture, Word word) {
        return held.test(picture, word);
    }
}
