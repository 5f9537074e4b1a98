package dev.hapax.picturebook.check;

import dev.hapax.picturebook.world.Scene;
import java.awt.image.BufferedImage;

/**
 * A picture of a held-out scene, drawn by the model from its caption.
 *
 * @param scene what was asked for
 * @param image what was drawn
 * @param reading what the reader sees in it
 * @param verdict what of it is right
 */
public record Drawing(Scene scene, BufferedImage image, Reading reading, Verdict verdict) {}
