package dev.hapax.run;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.FileHash;
import dev.hapax.diffusion.ImageRequest;
import dev.hapax.diffusion.PngImages;
import dev.hapax.diffusion.Progress;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.learning.PictureFile;
import dev.hapax.text.Lexicon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds or draws the pictures of a {@link Regularisation}. */
final class RegularisingPictures {
    private final Regularisation wanted;
    private final StableDiffusion model;
    private final RunFolder folder;
    private final long seed;

    RegularisingPictures(Regularisation wanted, StableDiffusion model, RunFolder folder, long seed) {
        this.wanted = wanted;
        this.model = model;
        this.folder = folder;
        this.seed = seed;
    }

    /**
     * SHA-256 of the pictures and captions of a folder, in their order, wherever it lies; empty if the pictures come from
     * no folder.
     *
     * @throws CheckpointException if the folder has no pictures
     */
    Optional<String> sha256() {
        return wanted.folder()
                .map(folder -> FileHash.ofText(PictureFile.readAll(List.of(folder)).stream()
                        .map(file -> file.sha256() + " " + caption(file) + "\n")
                        .collect(Collectors.joining())));
    }

    /** The pictures as files; those that the model draws only where they are not there yet. */
    List<PictureFile> files(Learning.Listener listener) {
        return switch (wanted.source()) {
            case NONE -> List.of();
            case FOLDER -> PictureFile.readAll(List.of(wanted.folder().orElseThrow()));
            case GENERATED -> generated(listener);
        };
    }

    private List<PictureFile> generated(Learning.Listener listener) {
        List<Path> files = new ArrayList<>();
        List<ImageRequest> missing = new ArrayList<>();
        try (Painter painter = Painter.of(model, Lexicon.empty())) {
            for (int i = 0; i < wanted.count(); i++) {
                files.add(folder.regularising().resolve(name(i)));
                if (!isThere(files.get(i), prompt(i))) {
                    missing.add(painter.request(prompt(i)).withSeed(seed).withImages(i, 1));
                }
            }
            int[] done = {wanted.count() - missing.size()};
            painter.paint(missing, Progress.NONE, image -> {
                Painter.write(
                        folder.regularising().resolve(name(image.settings().index())), image);
                listener.regularising(++done[0], wanted.count());
            });
        }
        return files.stream().map(PictureFile::read).toList();
    }

    /** What a picture that is drawn shows: the classes take turns. */
    private String prompt(int index) {
        return wanted.prompts().get(index % wanted.prompts().size());
    }

    /** Whether the same picture was drawn before: of this prompt and seed, by this model. */
    private boolean isThere(Path file, String prompt) {
        return Files.exists(file)
                && PngImages.read(file)
                        .settings()
                        .filter(settings -> settings.prompt().equals(prompt)
                                && settings.seed() == seed
                                && settings.modelHash().equals(model.hash()))
                        .isPresent();
    }

    private static String name(int index) {
        return String.format(Locale.ROOT, "%04d.png", index);
    }

    /** What a picture shows: the text beside it, or else what was asked for. */
    String caption(PictureFile file) {
        if (wanted.source() == Regularisation.Source.GENERATED) {
            return prompt(Integer.parseInt(file.name()));
        }
        Path text = file.path().resolveSibling(file.name() + ".txt");
        if (!Files.isRegularFile(text)) {
            return prompt(0);
        }
        try {
            String caption = Files.readString(text).strip();
            return caption.isEmpty() ? prompt(0) : caption;
        } catch (IOException e) {
            throw new CheckpointException("the caption " + text + " cannot be read: " + e.getMessage(), e);
        }
    }
}
