package dev.hapax.picturebook.recipe;

import dev.hapax.checkpoint.Config;
import dev.hapax.picturebook.check.AttributeReader;
import dev.hapax.picturebook.check.HeldOut;
import dev.hapax.picturebook.check.ReaderHeads;
import dev.hapax.picturebook.world.Box;
import dev.hapax.picturebook.world.Rendering;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.picturebook.world.render.Renderer;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Trains the attribute reader on renderings and their truth, never the same scene twice: the focal loss of Zhou et al.
 * (2019, equation 1) for where things are, cross entropies for what they look like, absolute errors for their boxes.
 */
record ReaderRecipe(int size, Rng rng) implements Fit.Loss<AttributeReader> {
    private static final double BOX_WEIGHT = 0.5; // this and the next two are our choice
    private static final double PATTERN_WEIGHT = 1;
    private static final double WHOLE_WEIGHT = 0.3;

    static Config config() {
        Map<String, Object> values = new TreeMap<>(AttributeReader.labels());
        values.put("_class_name", "AttributeReader");
        values.put("block_out_channels", List.of(32, 64, 128, 144));
        values.put("layers_per_block", List.of(1, 1, 1, 2));
        values.put("norm_num_groups", 16);
        return Config.of(values);
    }

    @Override
    public Tensor of(AttributeReader reader, long step, int first, int count) {
        List<Scene> scenes = new ArrayList<>();
        List<List<Box>> boxes = new ArrayList<>();
        byte[] pixels = new byte[count * 3 * size * size];
        for (int i = 0; i < count; i++) {
            long seed = (long) (rng.uniform(Purpose.SHUFFLE, step, first + i, 0) * HeldOut.FIRST_SEED);
            Scene scene = new SceneSampler().sample(seed);
            Rendering rendering = new Renderer().render(scene, size);
            scenes.add(scene);
            boxes.add(rendering.boxes());
            System.arraycopy(SceneCache.planar(rendering.image()), 0, pixels, i * 3 * size * size, 3 * size * size);
        }
        Tensor images = new Softening(rng).apply(Pixels.images(pixels, count, size, DType.FLOAT32), step, first);
        ReaderHeads heads = reader.heads(images.to(DType.BFLOAT16).channelsLast());
        return loss(heads, new ReaderTargets(scenes, boxes, (int) heads.kinds().size(3)));
    }

    static Tensor loss(ReaderHeads heads, ReaderTargets targets) {
        Tensor weights = targets.weights(); // (b, 1, g, g)
        Tensor errors =
                heads.boxes().to(DType.FLOAT32).minus(targets.boxes()).abs().times(weights); // (b, 4, g, g)
        return focal(heads.kinds().to(DType.FLOAT32), targets)
                .plus(crossEntropy(heads.colors(), targets.colors()))
                .plus(crossEntropy(heads.patterns(), targets.patterns()).times(PATTERN_WEIGHT))
                .plus(errors.sum().over(weights.sum()).times(BOX_WEIGHT))
                .plus(crossEntropy(heads.styles(), targets.styles())
                        .plus(crossEntropy(heads.backgrounds(), targets.backgrounds()))
                        .times(WHOLE_WEIGHT));
    }

    /** Per thing; cells around a middle are the less wrong the nearer they are. */
    private static Tensor focal(Tensor logits, ReaderTargets targets) {
        Tensor both = Tensor.stack(List.of(logits, logits.zerosLike()), 0).logSoftmax(0);
        Tensor yes = both.select(0, 0); // (b, kinds, g, g), log of the probability
        Tensor no = both.select(0, 1);
        Tensor hit = no.exp().square().times(yes).times(targets.middles());
        Tensor far = targets.kinds().minus(1).square().square();
        Tensor miss = yes.exp().square().times(no).times(far); // far is 0 in a middle
        return hit.plus(miss).sum().over(-targets.things());
    }

    /** Of classes along axis 1, weighted by the targets. */
    private static Tensor crossEntropy(Tensor logits, Tensor targets) {
        Tensor logs = logits.to(DType.FLOAT32).logSoftmax(1);
        return logs.times(targets).sum().over(targets.sum()).negative();
    }
}
