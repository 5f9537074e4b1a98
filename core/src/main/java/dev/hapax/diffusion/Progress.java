package dev.hapax.diffusion;

import dev.hapax.schedule.Step;

/** Hears of every model call of a run. */
@FunctionalInterface
public interface Progress {
    /** Hears nothing. */
    Progress NONE = (firstImage, call, calls, step) -> {};

    /**
     * A model call is done.
     *
     * @param firstImage the index of the first of the images that are being drawn together
     * @param call the call, from 0
     * @param calls how many there are
     * @param step the latents after it and the estimate of the clean ones, (images, channels, h, w); valid during this
     *     method
     */
    void after(int firstImage, int call, int calls, Step step);
}
