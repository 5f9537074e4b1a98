package dev.hapax.picturebook.check;

/**
 * How near sampled image embeddings come to the true ones: mean cosines.
 *
 * @param own with the embedding of the scene that the caption tells
 * @param other with that of another scene
 * @param mean of the mean embedding of all scenes with the true one: what knowing nothing of the caption gives
 * @param nearer how often the own scene's embedding is nearer than the other's
 */
public record PriorScore(double own, double other, double mean, Share nearer) {}
