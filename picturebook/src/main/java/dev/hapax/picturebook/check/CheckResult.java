package dev.hapax.picturebook.check;

import dev.hapax.checkpoint.AtomicFile;
import dev.hapax.checkpoint.WriteFailedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a check found. Parts that the model does not have (yet) are empty.
 *
 * @param model the model's name
 * @param hash of its weights
 * @param settings of the check
 * @param renderings what the reader makes of true renderings
 * @param reconstructions what it makes of them after the autoencoder
 * @param drawings the model's pictures of held-out prompts
 * @param detector how well things are found
 * @param prior how near the prior comes to true image embeddings
 */
public record CheckResult(
        String model,
        String hash,
        CheckSettings settings,
        Figures renderings,
        Optional<Reconstructions> reconstructions,
        List<Drawing> drawings,
        Optional<DetectorScore> detector,
        Optional<PriorScore> prior) {
    /** Keeps a copy of the list. */
    public CheckResult {
        drawings = List.copyOf(drawings);
    }

    /** What is right in the drawings. */
    public Figures drawn() {
        return Figures.of(drawings.stream().map(Drawing::verdict).toList());
    }

    /** Whether every bar is reached. */
    public boolean reached() {
        Figures drawn = drawn();
        boolean missed = false;
        for (Criterion criterion : Criterion.values()) {
            double bar = criterion.bar().orElse(0);
            missed |= !(drawn.of(criterion).value() >= bar);
        }
        return !missed
                && reconstructions.filter(r -> r.psnr() >= Reconstructions.BAR).isPresent()
                && detector.filter(d -> d.renderings().mean() >= DetectorScore.BAR)
                        .isPresent();
    }

    /** The figures for people, in Markdown. */
    public String table() {
        return new CheckTable(this).text();
    }

    /**
     * Writes {@code check.md}, {@code check.json} and, of the first drawings, {@code check.png} into a folder.
     *
     * @throws WriteFailedException if that cannot be done
     */
    public void write(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new WriteFailedException(folder, e);
        }
        AtomicFile.write(folder.resolve("check.md"), table().getBytes(StandardCharsets.UTF_8));
        AtomicFile.write(folder.resolve("check.json"), CheckJson.of(this).getBytes(StandardCharsets.UTF_8));
        if (!drawings.isEmpty()) {
            AtomicFile.write(folder.resolve("check.png"), ContactSheet.png(drawings));
        }
    }
}
