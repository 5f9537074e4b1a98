package dev.hapax.learning;

import dev.hapax.attention.TokenMaps;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One denoising step of the frozen U-Net on a batch of noised pictures.
 *
 * @param step the training step, from 0
 * @param pictures for each sample, the index of its example
 * @param flipped for each sample, whether the picture was mirrored
 * @param timesteps for each sample, the diffusion timestep
 * @param target what the network should have predicted, (b, c, h, w)
 * @param prediction what it predicted, (b, c, h, w)
 * @param prompts for each sample, the tokenised prompt
 * @param lexicon the words as they are in this step
 * @param text the text encoder's output, (b, tokens, width)
 * @param maps the cross-attention of each token, (b, tokens, r, r'), if a loss asked for it
 */
public record DenoisingPass(
        long step,
        List<Integer> pictures,
        List<Boolean> flipped,
        List<Long> timesteps,
        Tensor target,
        Tensor prediction,
        List<TokenIds> prompts,
        Lexicon lexicon,
        Tensor text,
        Optional<TokenMaps> maps)
        implements Pass {

    /** Copies the lists. */
    public DenoisingPass {
        pictures = List.copyOf(pictures);
        flipped = List.copyOf(flipped);
        timesteps = List.copyOf(timesteps);
        prompts = List.copyOf(prompts);
    }

    /** The number of samples. */
    public int batch() {
        return prompts.size();
    }

    /**
     * The token positions of a word, learned or ordinary, for each sample.
     *
     * @throws IllegalArgumentException if a prompt does not hold it
     */
    public List<int[]> positions(String word) {
        return IntStream.range(0, batch())
                .mapToObj(i -> WordPositions.of(prompts.get(i), word))
                .toList();
    }

    /** The attention maps that a loss asked for. */
    public TokenMaps requiredMaps() {
        return maps.orElseThrow(() -> new IllegalStateException("no loss of this method asked for attention maps"));
    }
}
