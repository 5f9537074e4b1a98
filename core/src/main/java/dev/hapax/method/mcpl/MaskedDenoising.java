package dev.hapax.method.mcpl;

import dev.hapax.attention.MapLevel;
import dev.hapax.learning.AttentionNeed;
import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.LossTerm;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * AttnMask: {@code E ||M eps - M eps_theta||^2} with {@code M = OR_p 1[A^p / max A^p > k]} over the words p (Jin et al.
 * 2024, section 3). A^p, the paper's mean attention over all timesteps, is a running mean over the steps of training.
 * The mean is taken over all latent elements, masked or not, as the authors' code does.
 */
final class MaskedDenoising implements LossTerm<DenoisingPass> {
    private final List<String> words;
    private final double threshold;
    private final double persistence;
    private final Map<Integer, Tensor> means = new LinkedHashMap<>(); // picture -> (words, r, r')
    private final Map<Integer, Integer> seen = new LinkedHashMap<>();

    MaskedDenoising(List<String> words, double threshold, double persistence) {
        this.words = List.copyOf(words);
        this.threshold = threshold;
        this.persistence = persistence;
    }

    @Override
    public String name() {
        return "masked denoising";
    }

    @Override
    public List<String> mentions() {
        return words;
    }

    @Override
    public AttentionNeed attention() {
        return AttentionNeed.values(MapLevel.NEAREST_TO_16);
    }

    @Override
    public Tensor of(DenoisingPass batch) {
        DenoisingPass pass = batch.subjects();
        List<Tensor> perWord = new ArrayList<>();
        for (String word : words) {
            perWord.add(pass.requiredMaps().of(pass.positions(word))); // (b, r, r')
        }
        Tensor maps = Tensor.stack(perWord, 1).to(DType.FLOAT32); // (b, words, r, r')
        List<Tensor> masks = new ArrayList<>();
        for (int i = 0; i < pass.batch(); i++) {
            boolean flipped = pass.flipped().get(i);
            Tensor own = maps.select(0, i); // (words, r, r')
            Tensor mask = mask(averaged(pass.pictures().get(i), flipped ? own.flip(2) : own));
            masks.add(flipped ? mask.flip(1) : mask); // (r, r')
        }
        Tensor error = pass.prediction().minus(pass.target()); // (b, c, h, w)
        Tensor mask = Functional.resizeNearest(
                Tensor.stack(masks, 0).unsqueeze(1), error.size(2), error.size(3)); // (b, 1, h, w)
        return error.times(mask).square().mean();
    }

    /** The union over the words of where each looks, 1 or 0: (words, r, r') to (r, r'). */
    private Tensor mask(Tensor average) {
        return average.over(average.max(true, 1, 2))
                .greater(threshold)
                .to(DType.FLOAT32)
                .max(false, 0);
    }

    private Tensor averaged(int picture, Tensor maps) {
        int count = seen.merge(picture, 1, Integer::sum);
        Tensor mean = means.get(picture);
        if (mean == null) {
            try (Scope scope = Scope.open()) {
                mean = maps.copy().keep();
            }
            means.put(picture, mean);
            return mean;
        }
        double share = Math.max(1 - persistence, 1.0 / count); // a plain mean until the memory is full
        return mean.timesInPlace(1 - share).addInPlace(maps, share);
    }

    @Override
    public Map<String, Tensor> memory() {
        Map<String, Tensor> memory = new LinkedHashMap<>();
        means.forEach((picture, mean) -> memory.put(picture + "." + seen.get(picture), mean));
        return memory;
    }

    @Override
    public void remember(Map<String, Tensor> memory) {
        memory.forEach((key, mean) -> {
            int dot = key.indexOf('.');
            int picture = Integer.parseInt(key.substring(0, dot));
            try (Scope scope = Scope.open()) {
                means.put(picture, mean.copy().keep());
            }
            seen.put(picture, Integer.parseInt(key.substring(dot + 1)));
        });
    }
}
