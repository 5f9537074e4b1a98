package dev.hapax.measure;

import dev.hapax.attention.AttentionMaps;
import dev.hapax.attention.LayerChoice;
import dev.hapax.attention.MapLevel;
import dev.hapax.attention.Resolution;
import dev.hapax.attention.TokenMaps;
import dev.hapax.diffusion.GeneratedImage;
import dev.hapax.diffusion.ImageGenerator;
import dev.hapax.diffusion.ImageRequest;
import dev.hapax.diffusion.Moment;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.learning.WordPositions;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import java.util.ArrayList;
import java.util.List;

/**
 * Where words of a prompt look while an image is drawn from it, call by call. Zhang et al. 2024 (Compositional Inversion)
 * explain by it why a learned word leaves no room: its attention differs from that of ordinary words more and more. With
 * A_w for the map of a word (the mean over heads and over the layers nearest to 16 x 16, under the prompt alone), at every
 * call of the model
 *
 * <pre>
 * similarity of v and w = cos(A_v, A_w)           the maps as vectors of pixels
 * share of w            = mean of A_w over pixels  of all attention, which sums to 1 over the tokens of the prompt
 * </pre>
 *
 * @param words that were watched
 * @param looks one for each call of the model
 * @param image that was drawn meanwhile
 */
public record SamplingAttention(List<String> words, List<Look> looks, GeneratedImage image) {
    /** Keeps copies. */
    public SamplingAttention {
        words = List.copyOf(words);
        looks = List.copyOf(looks);
    }

    /**
     * The attention of one call.
     *
     * @param timestep of the call
     * @param maps one for each word
     */
    public record Look(double timestep, List<HeatMap> maps) {
        /** Keeps a copy. */
        public Look {
            maps = List.copyOf(maps);
        }

        /** How much of all attention a word has, in [0, 1]. */
        public double share(int word) {
            double sum = 0;
            float[] values = maps.get(word).values();
            for (float value : values) {
                sum += value;
            }
            return sum / values.length;
        }

        /** The cosine of the maps of two words, in [0, 1]. */
        public double similarity(int word, int other) {
            return new Embedding(maps.get(word).values())
                    .cosine(new Embedding(maps.get(other).values()));
        }
    }

    /**
     * Draws the first image of a request and watches.
     *
     * @param words learned ones
     * @param which words of the prompt, learned or ordinary
     * @throws IllegalArgumentException if the prompt does not hold one of them, or has a word that is read in some layers or
     *     at some timesteps only
     */
    public static SamplingAttention of(StableDiffusion model, Lexicon words, ImageRequest request, List<String> which) {
        List<Look> looks = new ArrayList<>();
        requireOnePlace(words, request.prompt());
        TokenIds tokens =
                model.text().tokens(request.prompt(), words.isEmpty() ? List.of() : List.of(words.flattened()));
        List<int[]> positions =
                which.stream().map(word -> WordPositions.of(tokens, word)).toList();
        ImageGenerator plain = ImageGenerator.of(model);
        GeneratedImage image = (words.isEmpty() ? plain : plain.withWords(words))
                .withGuide((latents, moment) -> {
                    looks.add(look(model, latents, moment, positions));
                    return latents;
                })
                .generate(request.withImages(request.first(), 1))
                .get(0);
        return new SamplingAttention(which, looks, image);
    }

    /** Where a word may be left out of a prompt, the others stand at other tokens from then on. */
    private static void requireOnePlace(Lexicon words, String prompt) {
        words.words().stream()
                .filter(word -> prompt.contains(word) && words.placement(word).isPresent())
                .findFirst()
                .ifPresent(word -> {
                    throw new IllegalArgumentException(word + " is read in some layers and at some timesteps only, so"
                            + " its prompt is not the same everywhere; watch words that are read everywhere");
                });
    }

    private static Look look(StableDiffusion model, Tensor latents, Moment moment, List<int[]> positions) {
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            Resolution resolution = MapLevel.NEAREST_TO_16.of(
                    Resolution.of(latents), model.unet().crossAttentionLayers());
            AttentionMaps maps = moment.look(latents, LayerChoice.at(resolution));
            TokenMaps tokens = maps.at(resolution); // (1, tokens, h, w)
            return new Look(
                    moment.timestep(),
                    positions.stream()
                            .map(own -> HeatMap.of(tokens.of(own).squeeze(0)))
                            .toList());
        }
    }
}
