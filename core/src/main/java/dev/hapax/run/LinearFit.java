package dev.hapax.run;

import dev.hapax.checkpoint.FileHash;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.diffusion.ImageRequest;
import dev.hapax.diffusion.Progress;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.method.conceptlab.Context;
import dev.hapax.prior.LinearPrior;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import dev.hapax.vision.Raster;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Fits a {@link LinearPrior} on pictures that a model draws for known prompts. */
public final class LinearFit {
    /** How many pictures it takes at least for a useful fit; our choice. */
    public static final int PICTURES = 200;

    private static final double RIDGE = 0.1; // our choice: no more prompts than dimensions, so it must hold back

    private static final String IMAGES = "images"; // (n, width)
    private static final int KEY = 24; // hexadecimal digits

    private LinearFit() {}

    /** What to draw: as many prompts as it takes, things and contexts in turn, none twice before all were there. */
    public static List<String> prompts(List<Context> contexts, List<String> things) {
        int t = things.size();
        int c = contexts.size();
        int period = t * c / BigInteger.valueOf(t).gcd(BigInteger.valueOf(c)).intValue(); // until pairs come again
        List<String> prompts = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            prompts.add(contexts.get((i + i / period) % c).with(things.get(i % t)));
        }
        return prompts;
    }

    /**
     * The same towers with a prior that was fitted. What the image tower says of each picture is kept in a file, so that no
     * picture is drawn twice, by whichever run.
     *
     * @param prompts what to draw, one picture each
     * @param store a folder for that file, which is named by models, prompts and seed
     * @param drawn hears how many more are there
     */
    public static PriorModel of(
            StableDiffusion model, PriorModel towers, List<String> prompts, long seed, Path store, IntConsumer drawn) {
        try (Gradients.Region off = Gradients.off();
                Scope scope = Scope.open();
                Painter painter = Painter.of(model, Lexicon.empty())) {
            List<ImageRequest> requests = new ArrayList<>();
            for (int i = 0; i < prompts.size(); i++) {
                requests.add(painter.request(prompts.get(i)).withSeed(seed + i));
            }
            Path file = store.resolve("linear-" + key(model, towers, requests) + ".safetensors");
            List<Tensor> images = read(file);
            drawn.accept(images.size());
            if (images.size() < requests.size()) {
                painter.paint(requests.subList(images.size(), requests.size()), Progress.NONE, image -> {
                    images.add(towers.requiredVision().embed(List.of(Raster.of(image.image()))));
                    SafetensorsWriter.write(file, Map.of(IMAGES, Tensor.cat(images, 0)), Map.of());
                    drawn.accept(1);
                });
            }
            List<Tensor> texts = new ArrayList<>();
            for (String prompt : prompts) {
                TokenIds tokens = towers.tokenizer().encode(prompt);
                texts.add(towers.texts()
                        .encode(List.of(tokens), Lexicon.empty())
                        .projected()
                        .orElseThrow());
            }
            return towers.with(LinearPrior.fit(Tensor.cat(texts, 0), Tensor.cat(images, 0), RIDGE));
        }
    }

    private static String key(StableDiffusion model, PriorModel towers, List<ImageRequest> requests) {
        String hash = towers.towersHash().orElse(""); // without an image tower nothing will be kept
        return FileHash.ofText(model.hash() + hash + requests).substring(0, KEY);
    }

    private static List<Tensor> read(Path file) {
        List<Tensor> images = new ArrayList<>();
        if (Files.exists(file)) {
            try (SafetensorsFile kept = SafetensorsFile.open(file)) {
                Tensor rows = kept.tensor(IMAGES).copy();
                images.addAll(rows.chunk((int) rows.size(0), 0));
            }
        }
        return images;
    }
}
