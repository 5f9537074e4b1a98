package dev.hapax.evaluation.protocol;

/**
 * How words are invented and mixed.
 *
 * @param steps to invent
 * @param mixingSteps to mix
 * @param rate of both
 * @param askEvery steps between two questions, where it is asked
 * @param parentPictures of each parent of a mix, drawn by its name
 * @param draws of the prior for each word, in its own space
 */
record InventCourse(long steps, long mixingSteps, double rate, long askEvery, int parentPictures, int draws) {
    /** For people. */
    String text() {
        return steps + " steps to invent, " + mixingSteps + " to mix, at rate " + rate
                + ", batch 1; adaptive negatives ask" + " every " + askEvery + " steps; " + parentPictures
                + " pictures of each parent";
    }
}
