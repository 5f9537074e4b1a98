package dev.hapax.run;

import dev.hapax.diffusion.EmbeddingModel;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.text.Lexicon;
import java.nio.file.Path;
import java.util.List;

/** What pictures of words are drawn with: a Stable Diffusion, or a prior with a decoder behind it. */
public interface Illustrator extends AutoCloseable {
    /** A Stable Diffusion, which reads the words itself; closing it is its owner's. */
    static Illustrator of(StableDiffusion model) {
        return new ModelIllustrator(model);
    }

    /**
     * A prior, which reads the words and is closed by its owner, and a decoder that draws what it says.
     *
     * @param decoder the folder of Kandinsky 2.1, of Kandinsky 2.2's decoder, or of Stable Diffusion unCLIP
     * @throws dev.hapax.checkpoint.CheckpointException if the decoder cannot be read
     * @throws IllegalArgumentException if the embeddings of the two are of different widths
     */
    static Illustrator behind(PriorModel prior, Path decoder) {
        EmbeddingModel opened = EmbeddingModel.open(decoder);
        try {
            return new PriorIllustrator(prior, opened);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /** What to call it. */
    String name();

    /** SHA-256 of the weights that draw, in hexadecimal. */
    String hash();

    /** How many threads one piece of work with it should compute on. */
    int threads();

    /**
     * Checks that words can be drawn, without drawing.
     *
     * @throws IllegalArgumentException if they do not fit the text encoders
     */
    void require(Lexicon words);

    /** Draws with words that live elsewhere. */
    WordPainter with(Lexicon words);

    /**
     * Draws with words from files.
     *
     * @param filesAndFolders word files, and folders such as {@link Learning} writes
     * @throws dev.hapax.checkpoint.CheckpointException if a file is missing or no word file, a folder has none, or two
     *     files have one word
     * @throws IllegalArgumentException if a word does not fit
     */
    WordPainter open(List<Path> filesAndFolders);

    /** Frees what it opened itself. */
    @Override
    default void close() {}
}
