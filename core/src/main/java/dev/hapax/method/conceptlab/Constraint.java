package dev.hapax.method.conceptlab;

import dev.hapax.learning.PriorPass;
import dev.hapax.tensor.Tensor;

/** Things that what is drawn is compared with. */
@FunctionalInterface
interface Constraint {
    /** Their directions for each sample, of unit length and without history, (k, b, width). */
    Tensor directions(PriorPass pass);

    /** Cosines of each of them with what was drawn for each sample, (k, b). */
    default Tensor cosines(PriorPass pass) {
        return directions(pass).times(pass.directions()).sum(false, 2);
    }
}
