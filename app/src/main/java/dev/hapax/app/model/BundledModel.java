package dev.hapax.app.model;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.WriteFailedException;
import dev.hapax.evaluation.protocol.PairScene;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The model that comes with the program, in the module picturebook. Weights are mapped into memory, so they must lie in
 * files: out of a jar they are unpacked once into a cache folder named by their content.
 */
public final class BundledModel {
    /** How its own captions begin; contexts for what is learned with it. */
    public static final List<String> TEMPLATES = PairScene.TEMPLATES;

    /** How long words are learned with it (measured: docs/methods/mcpl.md). */
    public static final long STEPS = 250;

    /** How fast its weights move, in {@link #STEPS} of {@link #BATCH} samples (measured: docs/methods/evaluation.md). */
    public static final double WEIGHT_RATE = 3e-4;

    /** Samples of a step that moves its weights. */
    public static final int BATCH = 4;

    private static final String PLACE = "dev/hapax/picturebook/model/";
    private static final String LANDMARK = "unet/config.json";

    private BundledModel() {}

    /**
     * The folder of the model.
     *
     * @param environment may say where caches go ({@code XDG_CACHE_HOME})
     */
    public static Path unpack(Map<String, String> environment) {
        URL landmark = BundledModel.class.getClassLoader().getResource(PLACE + LANDMARK);
        if (landmark == null) {
            throw new CheckpointException("this build holds no whole model of its own (" + PLACE + LANDMARK
                    + " is missing); give one by" + " --model DIR, or train it: hapax picturebook train --out DIR");
        }
        try {
            if (landmark.getProtocol().equals("file")) {
                Path part = Objects.requireNonNull(
                        Path.of(new URI(landmark.toString())).getParent());
                return Objects.requireNonNull(part.getParent());
            }
            try (JarFile jar = new JarFile(Path.of(((JarURLConnection) landmark.openConnection())
                            .getJarFileURL()
                            .toURI())
                    .toFile())) {
                return unpack(jar, CacheFolder.of(environment));
            }
        } catch (URISyntaxException e) {
            throw new CheckpointException("the place of the embedded model is no path: " + landmark, e);
        } catch (IOException e) {
            throw new CheckpointException(
                    "the embedded model cannot be read from " + landmark + ": " + e.getMessage(), e);
        }
    }

    /** Unpacks into a folder beside the final one and renames it, so that a folder of the final name is whole. */
    static Path unpack(JarFile jar, Path cache) {
        List<JarEntry> entries = jar.stream()
                .filter(entry -> entry.getName().startsWith(PLACE) && !entry.isDirectory())
                .sorted(Comparator.comparing(JarEntry::getName))
                .toList();
        Path folder = cache.resolve("picturebook-" + fingerprint(entries));
        if (Files.isDirectory(folder)) {
            return folder;
        }
        try {
            Files.createDirectories(cache);
            Path part = Files.createTempDirectory(cache, "part-");
            for (JarEntry entry : entries) {
                Path file = part.resolve(entry.getName().substring(PLACE.length()));
                Files.createDirectories(file.getParent());
                try (InputStream in = jar.getInputStream(entry)) {
                    Files.copy(in, file);
                }
            }
            try {
                Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                if (!Files.isDirectory(folder)) {
                    throw e;
                }
                delete(part); // another process was faster
            }
            return folder;
        } catch (IOException e) {
            throw new WriteFailedException(folder, e);
        }
    }

    private static String fingerprint(List<JarEntry> entries) {
        CRC32 names = new CRC32();
        long content = 0;
        for (JarEntry entry : entries) {
            names.update((entry.getName() + ":" + entry.getSize()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            content = content * 31 + entry.getCrc();
        }
        return Long.toHexString(names.getValue()) + Long.toHexString(content);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
