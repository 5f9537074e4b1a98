package dev.hapax.evaluation.protocol;

import dev.hapax.prior.UnclipPrior;
import dev.hapax.run.PriorModel;
import java.util.Optional;

/**
 * The prior that words are invented with.
 *
 * @param hash of the weights of prior and text tower
 * @param towers the hash of the CLIP that it draws for, as a judge's; empty without an image tower
 * @param readsNegatives whether it takes a negative prompt
 */
public record GroundPrior(String hash, Optional<String> towers, boolean readsNegatives) {
    /** Of an opened prior; reads all weights. */
    static GroundPrior of(PriorModel prior) {
        return new GroundPrior(prior.hash(), prior.towersHash(), prior.prior() instanceof UnclipPrior);
    }

    /**
     * Whether a CLIP shares nothing with the one that words are optimised against, as far as their hashes tell.
     *
     * @param clip the hash of its weights
     */
    boolean isIndependent(String clip) {
        return towers.filter(own -> !own.equals(clip)).isPresent();
    }
}
