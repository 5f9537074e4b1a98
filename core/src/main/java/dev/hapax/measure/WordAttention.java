package dev.hapax.measure;

import dev.hapax.attention.AttentionMaps;
import dev.hapax.attention.LayerChoice;
import dev.hapax.attention.MapLevel;
import dev.hapax.attention.Resolution;
import dev.hapax.attention.TextContext;
import dev.hapax.attention.TokenMaps;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.learning.Example;
import dev.hapax.learning.WordPositions;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import dev.hapax.unet.AddedConditions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where words look in a given picture: the cross-attention of the U-Net while it denoises the picture under a prompt that
 * holds them, averaged over heads, layers of one resolution, and timesteps spread evenly over the noise schedule (the
 * mean over T of Jin et al. 2024, section 3). Of words with vectors for each site it takes the mean.
 */
public final class WordAttention {
    private static final int TIMESTEPS = 20; // the maps hardly change beyond; our choice

    private WordAttention() {}

    /**
     * The map of each word.
     *
     * @param picture encoded for this model
     * @param prompt holds all of {@code which}
     * @param which learned or ordinary words of the prompt
     * @param seed of the noise
     */
    public static Map<String, HeatMap> of(
            StableDiffusion model, Lexicon words, Example picture, String prompt, List<String> which, long seed) {
        Map<String, HeatMap> maps = new LinkedHashMap<>();
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            Lexicon plain = words.flattened();
            TokenIds tokens = model.text().tokens(prompt, List.of(plain));
            Tensor clean = model.vae().toLatents(picture.latents().mode()).to(DType.FLOAT32); // (1, c, h, w)
            TextContext text = model.text()
                    .encode(prompt, List.of(plain), model.nativeSize())
                    .text();
            Resolution resolution =
                    MapLevel.NEAREST_TO_16.of(Resolution.of(clean), model.unet().crossAttentionLayers());
            Tensor mean = Tensor.zeros(
                    DType.FLOAT32, tokens.ids().length, resolution.height(), resolution.width()); // (tokens, r, r')
            for (int i = 0; i < TIMESTEPS; i++) {
                try (Scope step = Scope.open()) {
                    mean.addInPlace(look(model, text, clean, resolution, i, seed), 1.0 / TIMESTEPS);
                }
            }
            for (String word : which) {
                Tensor own = new TokenMaps(mean.unsqueeze(0)).of(WordPositions.of(tokens, word)); // (1, r, r')
                maps.put(word, HeatMap.of(own.squeeze(0)));
            }
        }
        return maps;
    }

    private static Tensor look(
            StableDiffusion model, TextContext text, Tensor clean, Resolution resolution, int index, long seed) {
        long timestep = (long) ((index + 0.5) * model.schedule().timesteps() / TIMESTEPS);
        Tensor noise = new Rng(seed).normal(Purpose.EVALUATION, index, 0, clean.shape());
        Tensor noisy = model.schedule().addNoise(clean, noise, new long[] {timestep});
        AttentionMaps maps = AttentionMaps.detached(LayerChoice.at(resolution));
        model.unet()
                .predict(
                        noisy.to(model.dtype()), Tensor.of(new long[] {timestep}, 1), text, AddedConditions.NONE, maps);
        return maps.at(resolution).values().squeeze(0).to(DType.FLOAT32); // (tokens, r, r')
    }
}
