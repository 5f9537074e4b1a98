package dev.hapax.diffusion;

/** The version of this library, as its jar names it. */
public final class Version {
    /** For example {@code 0.1.0}; {@code development} when the classes do not come from a released jar. */
    public static final String CURRENT = read();

    private Version() {}

    private static String read() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
