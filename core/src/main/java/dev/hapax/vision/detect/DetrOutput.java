package dev.hapax.vision.detect;

import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * What DETR says of each object query.
 *
 * @param logits of the classes, the last one for "no object": (b, queries, classes + 1)
 * @param boxes centre, width and height as parts of the picture: (b, queries, 4)
 */
public record DetrOutput(Tensor logits, Tensor boxes) {
    private static final int CORNERS = 4;

    /** The probabilities of the classes, "no object" left out: (b, queries, classes). */
    public Tensor probabilities() {
        return logits.softmax(-1).narrow(2, 0, logits.size(2) - 1);
    }

    /**
     * The things in one picture: for each query whose most likely class has a probability above the threshold, that
     * class; in the order of the queries.
     *
     * @param picture its index in the batch
     * @param labels the names of the classes
     */
    public List<Detection> detections(int picture, double threshold, List<String> labels) {
        Tensor scores = probabilities().select(0, picture); // (queries, classes)
        float[] best = scores.max(false, 1).toFloats();
        long[] which = scores.argmax(1).toLongs();
        float[] numbers = boxes.select(0, picture).toFloats();
        List<Detection> found = new ArrayList<>();
        for (int query = 0; query < best.length; query++) {
            if (best[query] > threshold) {
                int at = query * CORNERS;
                Box box = Box.centred(numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3]);
                found.add(new Detection(labels.get((int) which[query]), best[query], box));
            }
        }
        return found;
    }
}
