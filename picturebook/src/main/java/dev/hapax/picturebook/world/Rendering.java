package dev.hapax.picturebook.world;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Objects;

/**
 * A drawn scene and where its things are.
 *
 * @param image the picture, of type {@link BufferedImage#TYPE_INT_RGB}
 * @param masks the visible pixels of every thing, in the order of the scene
 * @param boxes the smallest boxes around the masks
 */
public record Rendering(BufferedImage image, List<Mask> masks, List<Box> boxes) {

    /** Checks the parts. */
    public Rendering {
        Objects.requireNonNull(image, "image");
        masks = List.copyOf(masks);
        boxes = List.copyOf(boxes);
        if (masks.size() != boxes.size()) {
            throw new IllegalArgumentException(masks.size() + " masks, " + boxes.size() + " boxes");
        }
    }
}
