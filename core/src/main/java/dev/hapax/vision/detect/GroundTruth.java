package dev.hapax.vision.detect;

import java.util.List;

/**
 * What is to be found in a picture. Boxes count in parts of the picture, as DETR's authors have it, also where it shares
 * a batch with larger ones; transformers' processor counts in parts of the frame of the batch.
 *
 * @param classes the class of each thing, by its index among the labels
 * @param boxes where each is, as parts of the whole picture
 */
public record GroundTruth(List<Integer> classes, List<Box> boxes) {

    /** Copies the lists and checks that they are of one length. */
    public GroundTruth {
        classes = List.copyOf(classes);
        boxes = List.copyOf(boxes);
        if (classes.size() != boxes.size()) {
            throw new IllegalArgumentException("every thing needs a class and a box, got " + classes.size()
                    + " classes and " + boxes.size() + " boxes");
        }
    }

    /** The number of things. */
    public int size() {
        return boxes.size();
    }
}
