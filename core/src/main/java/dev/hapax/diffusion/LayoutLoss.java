package dev.hapax.diffusion;

import dev.hapax.attention.AttentionMaps;
import dev.hapax.attention.Resolution;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.detect.Box;
import java.util.List;

/**
 * L_loc: how much of the attention to each thing lies outside of its boxes (Zhang et al. 2024, equation 9): the mean over
 * things, layers, heads and the thing's tokens of {@code 1 - r}, where r is the part of a token's attention inside.
 *
 * @param squared {@code (1 - r)^2} instead, as the authors' code and Chen et al. 2024 (layout guidance) have it
 */
public record LayoutLoss(boolean squared) {
    private static final double UNSEEN = 1e-12; // a head that gives a token less than this in all has no opinion of it

    /**
     * A thing and its places.
     *
     * @param tokens positions of its word in the prompt, at least one
     * @param boxes where it shall be; their union counts, at least one
     */
    public record Placed(List<Integer> tokens, List<Box> boxes) {
        /** Copies the lists and checks that there is something in each. */
        public Placed {
            tokens = List.copyOf(tokens);
            boxes = List.copyOf(boxes);
            if (tokens.isEmpty() || boxes.isEmpty()) {
                throw new IllegalArgumentException(
                        "a placed thing needs at least one token and one box, got " + tokens + " and " + boxes);
            }
        }
    }

    /**
     * The loss of each image of a batch.
     *
     * @param maps of the layers that count
     * @param things at least one
     * @return (b), each in [0, 1]
     * @throws IllegalArgumentException if no layer was recorded
     */
    public Tensor of(AttentionMaps maps, List<Placed> things) {
        if (maps.recorded().isEmpty() || things.isEmpty()) {
            throw new IllegalArgumentException("the loss of a layout needs at least one layer and one thing, got "
                    + maps.recorded().size() + " layers and " + things.size() + " things");
        }
        Tensor sum = Tensor.scalar(0);
        for (AttentionMaps.Recorded layer : maps.recorded()) {
            sum = sum.to(layer.probabilities().device());
            for (Placed thing : things) {
                sum = sum.plus(outside(layer, thing));
            }
        }
        return sum.over((double) maps.recorded().size() * things.size());
    }

    private Tensor outside(AttentionMaps.Recorded layer, Placed thing) {
        long[] tokens = thing.tokens().stream().mapToLong(Integer::longValue).toArray();
        Tensor indices =
                Tensor.of(tokens, tokens.length).to(layer.probabilities().device());
        Tensor looks = layer.probabilities().indexSelect(3, indices); // (b, heads, pixels, tokens)
        Tensor mask = mask(layer.resolution(), thing.boxes()).to(looks.device()); // (pixels, 1)
        Tensor inside = looks.times(mask).sum(false, 2).over(looks.sum(false, 2).plus(UNSEEN)); // (b, heads, tokens)
        Tensor rest = inside.negative().plus(1);
        return (squared ? rest.square() : rest).mean(false, 1, 2); // (b)
    }

    /** 1 for the cells of a map that boxes cover, cut down to whole cells; at least one cell for each box. */
    static Tensor mask(Resolution map, List<Box> boxes) {
        float[] cells = new float[map.pixels()];
        for (Box box : boxes) {
            int top = Math.min((int) (box.top() * map.height()), map.height() - 1);
            int left = Math.min((int) (box.left() * map.width()), map.width() - 1);
            int bottom = Math.max((int) (box.bottom() * map.height()), top + 1);
            int right = Math.max((int) (box.right() * map.width()), left + 1);
            for (int row = top; row < bottom; row++) {
                for (int column = left; column < right; column++) {
                    cells[row * map.width() + column] = 1;
                }
            }
        }
        return Tensor.of(cells, map.pixels(), 1);
    }
}
