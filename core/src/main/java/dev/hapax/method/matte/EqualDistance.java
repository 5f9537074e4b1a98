package dev.hapax.method.matte;

import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.LossTerm;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Tensor;

/**
 * A word and the ordinary one that it stands for are equally far from a third: {@code (||r - v|| - ||g - v||)^2}, so that
 * what is special about this picture's color (r - g) is kept out of its style v. The second parts of L_CS and of L_O.
 *
 * @param name in logs
 * @param word r
 * @param target g, (width), constant
 * @param other v, a learned word
 */
record EqualDistance(
        String name, String word, Tensor target, String other, MatteSettings.Form form, Representation representation)
        implements LossTerm<DenoisingPass> {

    @Override
    public Tensor of(DenoisingPass pass) {
        Tensor r = representation.of(pass.lexicon(), word);
        Tensor v = representation.of(pass.lexicon(), other);
        Tensor g = target.to(r.dtype());
        Tensor value = switch (form) {
            case DISTANCES ->
                Distances.between(r, v).minus(Distances.between(g, v)).square();
            case SQUARED_DISTANCES ->
                r.minus(v).square().sum().minus(g.minus(v).square().sum()).abs();
            case COSINE -> Distances.cosine(r, v).minus(Distances.cosine(g, v)).square();
        };
        return r.dtype() == DType.FLOAT64 ? value : value.to(DType.FLOAT32);
    }
}
