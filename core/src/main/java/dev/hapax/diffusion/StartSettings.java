package dev.hapax.diffusion;

import java.util.Optional;

/**
 * The pictures that an image was drawn from; the names are SHA-256 of their files, in hexadecimal.
 *
 * @param picture that was begun from
 * @param mask that said what to paint anew; empty for all
 * @param keep whether the pixels outside the mask are the picture's own
 */
public record StartSettings(String picture, Optional<String> mask, boolean keep) {}
