package dev.hapax.evaluation.measure;

import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.measure.Embedding;
import dev.hapax.picturebook.check.AttributeReader;
import dev.hapax.picturebook.check.Reading;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.Raster;
import dev.hapax.vision.Resampling;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Picturebook's attribute reader as a judge. It shares nothing with the models that learn and draw, and it knows the
 * little world only: of photographs its readings mean nothing.
 */
public final class ReaderJudge implements PresenceJudge, AutoCloseable {
    private static final int SIZE = 128; // pixels, as it is trained
    private static final double HALF_RANGE = 127.5; // samples 0..255 become -1..1

    private final ModelFolder folder;
    private final AttributeReader reader;

    private ReaderJudge(ModelFolder folder) {
        this.folder = folder;
        reader = AttributeReader.of(folder.config(ModelFolder.ROOT), folder.weights(ModelFolder.ROOT, DType.FLOAT32));
    }

    /**
     * Opens the reader in a folder.
     *
     * @throws dev.hapax.checkpoint.CheckpointException if a file is missing or damaged
     */
    public static ReaderJudge open(Path reader) {
        ModelFolder folder = ModelFolder.open(reader);
        try {
            return new ReaderJudge(folder);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** SHA-256 of the weights that judge, in hexadecimal. */
    public String hash() {
        return folder.hash(List.of(ModelFolder.ROOT));
    }

    /** What it sees in a picture. */
    public Reading read(BufferedImage picture) {
        try (Scope scope = Scope.open()) {
            return reader.read(pixels(picture)).get(0);
        }
    }

    @Override
    public Optional<Set<String>> present(BufferedImage image, List<String> things) {
        List<Kind> kinds = Arrays.stream(Kind.values())
                .filter(kind -> things.contains(kind.word()))
                .toList();
        if (kinds.size() < things.size()) {
            return Optional.empty();
        }
        Reading reading = read(image);
        return Optional.of(kinds.stream()
                .filter(kind -> reading.of(kind).isPresent())
                .map(Kind::word)
                .collect(Collectors.toSet()));
    }

    /**
     * What a picture looks like: a share for each kind, by its word, in [0, 1], together at most 1. They are the likelihoods
     * of the kinds ({@link AttributeReader#likelihoods}), divided by their sum where that is above 1; what is missing to 1 is
     * looking like nothing. Our choice: kinds are told each for itself, and one thing that looks like a cat and a dog to the
     * full is half of each.
     */
    public Map<String, Double> shares(BufferedImage picture) {
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            double[] likely = reader.likelihoods(pixels(picture)).toDoubles(); // (1, kinds)
            double whole = Math.max(1, Arrays.stream(likely).sum());
            Map<String, Double> shares = new LinkedHashMap<>();
            for (int i = 0; i < likely.length; i++) {
                shares.put(Kind.values()[i].word(), likely[i] / whole);
            }
            return shares;
        }
    }

    /** The place of a picture: the mean of the reader's last features, before any attribute is told from them. */
    public Embedding of(BufferedImage picture) {
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            return new Embedding(reader.summary(pixels(picture)).toFloats());
        }
    }

    /** (1, 3, 128, 128) in [-1, 1]. */
    private static Tensor pixels(BufferedImage picture) {
        return Raster.of(picture)
                .resize(SIZE, SIZE, Resampling.BICUBIC)
                .toTensor()
                .over(HALF_RANGE)
                .minus(1)
                .unsqueeze(0);
    }

    /** Frees the model. */
    @Override
    public void close() {
        folder.close();
    }
}
