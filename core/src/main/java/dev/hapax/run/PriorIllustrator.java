package dev.hapax.run;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.diffusion.EmbeddingModel;
import dev.hapax.tensor.Engine;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws with a prior, which reads the words, and a decoder behind it: Kandinsky 2.1 or 2.2, or Stable Diffusion unCLIP behind the
 * prior of Karlo.
 */
final class PriorIllustrator implements Illustrator {
    private final PriorModel prior;
    private final EmbeddingModel decoder;
    private @Nullable String hash;

    /**
     * A pair; the decoder is closed with this, the prior by its owner.
     *
     * @throws IllegalArgumentException if the embeddings of the two are of different widths
     */
    PriorIllustrator(PriorModel prior, EmbeddingModel decoder) {
        if (prior.prior().width() != decoder.width()) {
            throw new IllegalArgumentException("the prior in " + prior.folder().root() + " draws embeddings of "
                    + prior.prior().width() + " numbers, and the decoder " + decoder.name() + " reads "
                    + decoder.width()
                    + "; take a decoder of the same family");
        }
        this.prior = prior;
        this.decoder = decoder;
    }

    @Override
    public String name() {
        return decoder.name() + " behind " + prior.folder().root().getFileName();
    }

    /** Of the decoder and, after a hyphen, of prior and text tower; reads all weights when first asked. */
    @Override
    public synchronized String hash() {
        if (hash == null) {
            hash = decoder.hash() + "-" + prior.hash();
        }
        return hash;
    }

    @Override
    public int threads() {
        return Engine.threads();
    }

    @Override
    public void require(Lexicon words) {
        try (Gradients.Region off = Gradients.off();
                Scope scope = Scope.open()) {
            TokenIds all = prior.tokenizer().encode(String.join(" ", words.words()), words);
            prior.texts().encode(List.of(all), words); // finds a wrong width or a name that the vocabulary has
        }
    }

    @Override
    public WordPainter with(Lexicon words) {
        return new PriorPainter(this, prior, decoder, words, false);
    }

    @Override
    public WordPainter open(List<Path> filesAndFolders) {
        for (Path given : filesAndFolders) {
            if (new RunFolder(given).changesWeights()) {
                throw new CheckpointException(given + " changes weights of a Stable Diffusion, which " + name()
                        + " does not have; draw its words with the model that they were learned with");
            }
        }
        try (Scope scope = Scope.open()) {
            Lexicon words = WordFiles.read(filesAndFolders);
            if (!words.isPlain()) {
                throw new IllegalArgumentException(
                        "the words " + words.words() + " differ between layers or"
                                + " timesteps, and a prior reads each once; draw them with the model that they were learned with");
            }
            require(words);
            words.words().forEach(word -> words.rows(word).keep());
            return new PriorPainter(this, prior, decoder, words, true);
        }
    }

    @Override
    public void close() {
        decoder.close();
    }
}
