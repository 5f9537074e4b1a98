package dev.hapax.vision.detect;

/**
 * A thing that was found in a picture.
 *
 * @param label the name of its class
 * @param score the probability of that class, in [0, 1]
 * @param box where it is
 */
public record Detection(String label, double score, Box box) {}
