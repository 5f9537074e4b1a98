package dev.hapax.checkpoint;

/**
 * What a part of a model is built from, so that it can be built again with other parameters.
 *
 * @param config its configuration
 * @param weights its parameters; they live as long as the model that lent them
 */
public record ModelPart(Config config, Weights.Source weights) {}
