package dev.hapax.picturebook.world;

/**
 * The traits of a thing that vary smoothly, each in [0, 1]. What they turn is up to the kind.
 *
 * @param girth how wide its body is
 * @param stature how tall it stands: legs, stem, walls
 * @param appendage how long what sticks out is: ears, handle, roof
 * @param feature how large the smaller parts are: face, wheels, windows
 */
public record Knobs(double girth, double stature, double appendage, double feature) {

    /** Checks the ranges. */
    public Knobs {
        check("girth", girth);
        check("stature", stature);
        check("appendage", appendage);
        check("feature", feature);
    }

    /**
     * {@return the girth on a scale}
     *
     * @param low the value at 0
     * @param high the value at 1
     */
    public double girth(double low, double high) {
        return low + girth * (high - low);
    }

    /**
     * {@return the stature on a scale}
     *
     * @param low the value at 0
     * @param high the value at 1
     */
    public double stature(double low, double high) {
        return low + stature * (high - low);
    }

    /**
     * {@return the appendage on a scale}
     *
     * @param low the value at 0
     * @param high the value at 1
     */
    public double appendage(double low, double high) {
        return low + appendage * (high - low);
    }

    /**
     * {@return the feature on a scale}
     *
     * @param low the value at 0
     * @param high the value at 1
     */
    public double feature(double low, double high) {
        return low + feature * (high - low);
    }

    private static void check(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be in [0, 1], is " + value);
        }
    }
}
