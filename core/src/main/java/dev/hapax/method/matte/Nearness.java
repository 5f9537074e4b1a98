package dev.hapax.method.matte;

import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.LossTerm;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Tensor;

/**
 * A word stays near an ordinary one: {@code ||r - g||^2}, for cosines {@code 1 - cos(r, g)}. The first parts of L_CS (color
 * word, color) and of L_O (object word, class).
 *
 * @param name in logs
 * @param word that is drawn
 * @param target g, (width), constant
 */
record Nearness(String name, String word, Tensor target, MatteSettings.Form form, Representation representation)
        implements LossTerm<DenoisingPass> {

    @Override
    public Tensor of(DenoisingPass pass) {
        Tensor r = representation.of(pass.lexicon(), word);
        Tensor g = target.to(r.dtype());
        Tensor value = form == MatteSettings.Form.COSINE
                ? Distances.cosine(r, g).negative().plus(1)
                : r.minus(g).square().sum();
        return r.dtype() == DType.FLOAT64 ? value : value.to(DType.FLOAT32);
    }
}
