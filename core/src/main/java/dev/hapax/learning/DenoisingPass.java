package dev.hapax.learning;

import dev.hapax.attention.TokenMaps;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One denoising step of the U-Net on a batch of noised pictures: first those to learn from, then those that regularise.
 *
 * @param step the training step, from 0
 * @param pictures for each sample, the index of its example
 * @param flipped for each sample, whether the picture was mirrored
 * @param timesteps for each sample, the diffusion timestep
 * @param target what the network should have predicted, (b, c, h, w)
 * @param prediction what it predicted, (b, c, h, w)
 * @param prompts for each sample, the tokenised prompt; where layers read different ones, that of the middle layer
 * @param lexicon the words as they are in this step
 * @param text the text encoder's output for these prompts, (b, tokens, width)
 * @param maps the cross-attention of each token, (b, tokens, r, r'), if a loss asked for it
 * @param regularising how many samples at the end of the batch only remind the model of what it knows
 * @param mask where the pictures have content, 1 or 0, (b, 1, h, w); empty if they have it everywhere
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
        Optional<TokenMaps> maps,
        int regularising,
        Optional<Tensor> mask)
        implements Pass {

    /** Copies the lists and checks that there is something to learn from. */
    public DenoisingPass {
        if (regularising < 0 || regularising >= pictures.size()) {
            throw new IllegalArgumentException(regularising + " of " + pictures.size()
                    + " samples regularise; at least one must be left to learn");
        }
        pictures = List.copyOf(pictures);
        flipped = List.copyOf(flipped);
        timesteps = List.copyOf(timesteps);
        prompts = List.copyOf(prompts);
    }

    /** A batch of pictures to learn from, with content everywhere. */
    public DenoisingPass(
            long step,
            List<Integer> pictures,
            List<Boolean> flipped,
            List<Long> timesteps,
            Tensor target,
            Tensor prediction,
            List<TokenIds> prompts,
            Lexicon lexicon,
            Tensor text,
            Optional<TokenMaps> maps) {
        this(step, pictures, flipped, timesteps, target, prediction, prompts, lexicon, text, maps, 0, Optional.empty());
    }

    @Override
    public boolean holds(String word) {
        return prompts.stream().anyMatch(prompt -> WordPositions.holds(prompt, word));
    }

    /** The number of samples. */
    public int batch() {
        return prompts.size();
    }

    /** The samples to learn from, which hold the words. */
    public DenoisingPass subjects() {
        return regularising == 0 ? this : part(0, pictures.size() - regularising);
    }

    /** The samples that only remind the model of what it knows; empty if there are none. */
    public Optional<DenoisingPass> regularisers() {
        return regularising == 0
                ? Optional.empty()
                : Optional.of(part(pictures.size() - regularising, pictures.size()));
    }

    private DenoisingPass part(int from, int to) {
        int n = to - from;
        return new DenoisingPass(
                step,
                pictures.subList(from, to),
                flipped.subList(from, to),
                timesteps.subList(from, to),
                target.narrow(0, from, n),
                prediction.narrow(0, from, n),
                prompts.subList(from, to),
                lexicon,
                text.narrow(0, from, n),
                maps.map(all -> new TokenMaps(all.values().narrow(0, from, n))),
                0,
                mask.map(all -> all.narrow(0, from, n)));
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
