package dev.hapax.diffusion;

import java.awt.image.BufferedImage;

/** An image and everything that is needed to draw it again. */
public record GeneratedImage(BufferedImage image, ImageSettings settings) {}
