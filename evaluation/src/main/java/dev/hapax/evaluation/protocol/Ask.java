package dev.hapax.evaluation.protocol;

import dev.hapax.picturebook.world.Background;
import dev.hapax.picturebook.world.Style;
import java.util.List;
import java.util.Optional;

/**
 * Something to draw with learned words.
 *
 * @param name what is asked for, without the words, such as {@code on a beach}
 * @param prompt with the words
 * @param words those that stand in it
 * @param style the style it asks for, if it is one that the attribute reader knows and not the picture's own
 * @param place the background it asks for, if it is one that the attribute reader knows
 */
public record Ask(String name, String prompt, List<String> words, Optional<Style> style, Optional<Background> place) {
    /** Keeps a copy of the list. */
    public Ask {
        words = List.copyOf(words);
    }

    /** For a word alone or several, without a wish for style or place. */
    public static Ask of(String name, String prompt, List<String> words) {
        return new Ask(name, prompt, words, Optional.empty(), Optional.empty());
    }

    /** The same for a place. */
    public Ask at(Background background) {
        return new Ask(name, prompt, words, style, Optional.of(background));
    }

    /** The same for a style. */
    public Ask in(Style hand) {
        return new Ask(name, prompt, words, Optional.of(hand), place);
    }

    /** Whether it asks for something that the picture does not show. */
    public boolean isEdit() {
        return style.isPresent() || place.isPresent();
    }

    /** Whether it asks for one word and nothing else. */
    public boolean isAlone() {
        return words.size() == 1 && !isEdit();
    }
}
