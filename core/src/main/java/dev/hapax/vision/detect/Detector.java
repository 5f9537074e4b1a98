package dev.hapax.vision.detect;

import dev.hapax.vision.Raster;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Says which things are in a picture, and where. */
public interface Detector {

    /** The names of the classes that it knows. */
    List<String> labels();

    /**
     * The things in a picture whose score exceeds a threshold, the most certain first.
     *
     * @param picture RGB, of any size
     * @param threshold in [0, 1]
     */
    List<Detection> detect(Raster picture, double threshold);

    /**
     * How likely each class is in a picture: the highest probability that any guess of the detector gives it, whether or
     * not that guess is for another class. Zhang et al. 2024 measure with it whether a picture shows what its prompt asks
     * for.
     *
     * @param picture RGB, of any size
     * @return for each of {@link #labels()}, in [0, 1]
     */
    Map<String, Double> presence(Raster picture);

    /**
     * How likely one thing is in a picture.
     *
     * @throws IllegalArgumentException if the detector does not know it
     */
    default double presence(Raster picture, String thing) {
        return Optional.ofNullable(presence(picture).get(thing))
                .orElseThrow(() -> new IllegalArgumentException(
                        "the detector does not know \"" + thing + "\"; it knows " + String.join(", ", labels())));
    }
}
