package dev.hapax.run;

import dev.hapax.diffusion.GeneratedImage;
import dev.hapax.diffusion.ImageRequest;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Draws prompts that hold learned words: {@link Painter}, or a prior and a decoder. */
public interface WordPainter extends AutoCloseable {
    /** The learned words. */
    Set<String> words();

    /** A request for one image with the usual settings. */
    ImageRequest request(String prompt);

    /**
     * Draws the first image of each request.
     *
     * @param done takes each image in the order of the requests, on the calling thread
     * @throws IllegalArgumentException if a prompt uses a word that was not learned, or none of the words
     */
    void paint(List<ImageRequest> requests, Consumer<GeneratedImage> done);

    /**
     * Checks the words of a prompt before anything is drawn.
     *
     * @throws IllegalArgumentException if it uses a word that was not learned, or none of the words
     */
    default void requireWords(String prompt) {
        for (String placeholder : InitWords.placeholders(prompt)) {
            if (!words().contains(placeholder)) {
                throw new IllegalArgumentException("the prompt uses " + placeholder + ", the learned words are "
                        + words() + "; add the folder it is in with --word");
            }
        }
        if (!words().isEmpty() && words().stream().noneMatch(prompt::contains)) {
            throw new IllegalArgumentException("the prompt \"" + prompt.strip() + "\" holds none of the words "
                    + words() + "; put one into it, or leave --word out");
        }
    }

    /** Frees what came from files. */
    @Override
    void close();
}
