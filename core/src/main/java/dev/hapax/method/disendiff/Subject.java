package dev.hapax.method.disendiff;

import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.WordPositions;
import dev.hapax.text.Word;
import java.util.Arrays;
import java.util.List;

/**
 * One of the things in the picture: a modifier that is learned, directly before the name of its class.
 *
 * @param modifier such as {@code <v1>}
 * @param className one or several ordinary words, such as {@code teddy bear}
 */
public record Subject(Word modifier, String className) {
    /** Checks that there is a class. */
    public Subject {
        if (className.isBlank()) {
            throw new IllegalArgumentException(modifier.token()
                    + " needs the name of its class behind it in the prompt, such as \"" + modifier.token() + " cat\"");
        }
    }

    /** Modifier and class as they stand in prompts. */
    String phrase() {
        return modifier.token() + " " + className;
    }

    /** For each sample, where the tokens of the modifier stand. */
    List<int[]> modifierPositions(DenoisingPass pass) {
        return pass.prompts().stream()
                .map(prompt -> Arrays.copyOf(WordPositions.of(prompt, phrase()), modifier.vectors()))
                .toList();
    }

    /** For each sample, where all the tokens of the class stand. */
    List<int[]> classPositions(DenoisingPass pass) {
        return pass.prompts().stream()
                .map(prompt -> WordPositions.of(prompt, phrase()))
                .map(all -> Arrays.copyOfRange(all, modifier.vectors(), all.length))
                .toList();
    }
}
