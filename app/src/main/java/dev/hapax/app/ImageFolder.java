package dev.hapax.app;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.diffusion.GeneratedImage;
import dev.hapax.diffusion.ImageSettings;
import dev.hapax.diffusion.PngImages;
import dev.hapax.run.Painter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where drawn images go. The same image again has the same name; one with other settings never takes its place.
 *
 * @param folder made if needed
 */
record ImageFolder(Path folder) {
    private static final int NAME = 48; // letters of the prompt in a file's name

    /** Writes an image, and gives back its file. */
    Path write(GeneratedImage image) {
        Path file = free(image.settings());
        Painter.write(file, image);
        return file;
    }

    private Path free(ImageSettings settings) {
        String name = name(settings);
        Path file = folder.resolve(name + ".png");
        for (int n = 2; Files.exists(file) && !holds(file, settings); n++) {
            file = folder.resolve(name + "-" + n + ".png");
        }
        return file;
    }

    private static boolean holds(Path file, ImageSettings settings) {
        try {
            return PngImages.read(file).settings().filter(settings::equals).isPresent();
        } catch (CheckpointException | IllegalArgumentException e) {
            return false; // somebody else's
        }
    }

    private static String name(ImageSettings settings) {
        String words = settings.prompt()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]+", "-")
                .replaceAll("^-|-$", "");
        String start = words.substring(0, Math.min(NAME, words.length()));
        return String.format(
                Locale.ROOT, "%s-seed%d-%02d", start.isEmpty() ? "image" : start, settings.seed(), settings.index());
    }
}
