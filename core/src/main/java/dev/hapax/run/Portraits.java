package dev.hapax.run;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.diffusion.GeneratedImage;
import dev.hapax.diffusion.ImageRequest;
import dev.hapax.measure.Embedding;
import dev.hapax.method.conceptlab.Context;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Draws what a word looks like and keeps the most typical pictures, those most like all the others by CLIP. In the paper a
 * person chooses three to five of 32; whoever wants to, exchanges the files before breeding on.
 *
 * @param illustrator draws
 * @param vision compares
 * @param context in which the word is drawn
 * @param drawn how many pictures
 * @param kept how many of them
 */
public record Portraits(Illustrator illustrator, PriorModel.Vision vision, Context context, int drawn, int kept) {
    /** Checks the numbers. */
    public Portraits {
        if (kept < 1 || drawn < kept) {
            throw new IllegalArgumentException("of " + drawn + " pictures " + kept
                    + " cannot be kept; draw at least as many as are kept, and keep 1");
        }
    }

    /**
     * The pictures of a word; they are drawn unless the folder has any.
     *
     * @param word the folder of a word
     * @param folder where its pictures are, or shall be
     */
    List<Path> of(Path word, Path folder, long seed) {
        List<Path> there = pictures(folder);
        if (!there.isEmpty()) {
            return there;
        }
        List<GeneratedImage> images = new ArrayList<>();
        try (WordPainter painter = illustrator.open(List.of(word))) {
            if (painter.words().size() != 1) {
                throw new CheckpointException("the folder " + word + " holds the words " + painter.words()
                        + "; a parent is one word, so give a folder with one");
            }
            String prompt = context.with(painter.words().iterator().next());
            List<ImageRequest> requests = IntStream.range(0, drawn)
                    .mapToObj(i -> painter.request(prompt).withSeed(seed + i))
                    .toList();
            painter.paint(requests, images::add);
        }
        write(images, folder);
        return pictures(folder);
    }

    /** All at once, so that a folder that is there is complete. */
    private void write(List<GeneratedImage> images, Path folder) {
        Path part = folder.resolveSibling(folder.getFileName() + ".part");
        try {
            for (Path old : pictures(part)) {
                Files.delete(old);
            }
            for (int i : typical(images)) {
                Painter.write(part.resolve(String.format("%02d.png", i)), images.get(i));
            }
            Files.deleteIfExists(folder); // an empty one
            Files.move(part, folder);
        } catch (IOException e) {
            throw new CheckpointException("the pictures in " + folder + " cannot be written: " + e.getMessage(), e);
        }
    }

    private List<Integer> typical(List<GeneratedImage> images) {
        List<Embedding> places = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            for (GeneratedImage image : images) {
                Tensor place = vision.embed(List.of(Raster.of(image.image())));
                places.add(new Embedding(place.toFloats()));
            }
        }
        return IntStream.range(0, images.size())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -places.get(i).meanCosine(places)))
                .limit(kept)
                .toList();
    }

    /** The pictures in a folder, by name; none if there is no such folder. */
    static List<Path> pictures(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().matches("(?i).*\\.(png|jpe?g|gif|bmp)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new CheckpointException(folder + " cannot be listed: " + e.getMessage(), e);
        }
    }
}
