package dev.hapax.app.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where Hapax keeps what it can make again. */
public final class CacheFolder {
    private CacheFolder() {}

    /**
     * {@code hapax} in the user's folder for caches; in that for temporary files if there is none that may be written to.
     *
     * @param environment may say where caches go ({@code XDG_CACHE_HOME})
     */
    public static Path of(Map<String, String> environment) {
        @Nullable String caches = environment.get("XDG_CACHE_HOME");
        Path root = caches == null || caches.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(caches);
        Path cache = root.resolve("hapax");
        try {
            return Files.createDirectories(cache);
        } catch (IOException e) { // no home, or none that may be written to
            return Path.of(System.getProperty("java.io.tmpdir"), "hapax");
        }
    }
}
