package dev.hapax.learning;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;
import dev.hapax.vae.Vae;
import dev.hapax.vision.Raster;
import dev.hapax.vision.Resampling;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shows pictures far away or close up, and says so (Kumari et al. 2023, section 3.2; numbers of their code). With
 * probability 2/3 the picture is scaled to 1/3 ... 1 of the side, otherwise to 1.2 ... 1.4. Below 0.6 it lies anywhere on
 * mid-grey, and the loss is confined to it; from 0.6 to 1 it is shown as it is; above 1 a part is cut out of it.
 *
 * @param vae encodes what is shown
 * @param side of the squares, pixels
 * @param pictures squares of that side, by the SHA-256 of their files
 */
public record RandomScale(Vae vae, int side, Map<String, Raster> pictures) implements Augmentation {
    private static final double SMALLER = 2.0 / 3;
    private static final double LEAST = 1.0 / 3;
    private static final double FAR = 0.6;
    private static final double CLOSE = 1.2;
    private static final double MOST = 1.4;
    private static final List<String> FAR_PREFIXES = List.of("a far away ", "very small ");
    private static final List<String> CLOSE_PREFIXES = List.of("zoomed in ", "close up ");
    private static final double HALF_RANGE = 127.5; // samples 0..255 become -1..1
    private static final int CHOICE = 1; // indices of the draws; 0 is that of mirroring
    private static final int SCALE = 2;
    private static final int LEFT = 3;
    private static final int TOP = 4;
    private static final int PREFIX = 5;

    /**
     * What is shown of a picture.
     *
     * @param pixels in [-1, 1]: (1, 3, side, side)
     * @param prefix what to say before the prompt
     * @param mask where the picture is, in latents; empty for everywhere
     */
    record Shown(Tensor pixels, String prefix, Optional<Tensor> mask) {}

    @Override
    public View view(Example picture, boolean mirrored, Rng rng, long step, int sample) {
        return shown(picture, rng, step, sample)
                .map(shown -> new View(
                        encoded(mirrored(shown.pixels(), mirrored)),
                        shown.prefix(),
                        shown.mask().map(mask -> mirrored(mask, mirrored))))
                .orElseGet(() -> new View(picture.latents(mirrored), "", Optional.empty()));
    }

    private static Tensor mirrored(Tensor picture, boolean indeed) {
        return indeed ? picture.flip(3) : picture;
    }

    /** The picture far away or close up; empty if it is shown as it is. */
    Optional<Shown> shown(Example picture, Rng rng, long step, int sample) {
        double share = rng.uniform(Purpose.AUGMENTATION, step, sample, SCALE);
        boolean smaller = rng.uniform(Purpose.AUGMENTATION, step, sample, CHOICE) < SMALLER;
        double scale = smaller ? LEAST + (1 - LEAST) * share : CLOSE + (MOST - CLOSE) * share;
        if (smaller && scale >= FAR) {
            return Optional.empty();
        }
        int scaled = 2 * (int) Math.round(scale * side / 2); // even, as in their code
        int room = Math.abs(side - scaled) + 1;
        int left = rng.below(room, Purpose.AUGMENTATION, step, sample, LEFT);
        int top = rng.below(room, Purpose.AUGMENTATION, step, sample, TOP);
        Raster raster = pictures.get(picture.sha256());
        if (raster == null) {
            throw new IllegalArgumentException("there are no pixels of the picture " + picture.name());
        }
        Raster resized = raster.resize(scaled, scaled, Resampling.BILINEAR);
        int which = rng.below(FAR_PREFIXES.size(), Purpose.AUGMENTATION, step, sample, PREFIX);
        if (smaller) {
            Tensor shown = Functional.pad(
                    pixels(resized), left, side - scaled - left, top, side - scaled - top, 0); // grey is 0
            return Optional.of(new Shown(shown, FAR_PREFIXES.get(which), Optional.of(mask(left, top, scaled))));
        }
        Tensor shown = pixels(resized.crop(left, top, side, side));
        return Optional.of(new Shown(shown, CLOSE_PREFIXES.get(which), Optional.empty()));
    }

    private static Tensor pixels(Raster raster) {
        return raster.toTensor().over(HALF_RANGE).minus(1).unsqueeze(0); // (1, 3, h, w)
    }

    private dev.hapax.vae.Posterior encoded(Tensor shown) {
        try (Gradients.Region frozen = Gradients.off()) {
            return vae.encode(shown);
        }
    }

    /** 1 in the latent cells of the pasted square without its rim, at least in the one in its middle. */
    Tensor mask(int left, int top, int scaled) {
        int cell = vae.reduction();
        int cells = side / cell;
        float[] values = new float[cells * cells];
        for (int y = first(top, scaled, cell); y < end(top, scaled, cell); y++) {
            for (int x = first(left, scaled, cell); x < end(left, scaled, cell); x++) {
                values[y * cells + x] = 1;
            }
        }
        return Tensor.of(values, 1, 1, cells, cells).to(DType.FLOAT32);
    }

    private static int first(int start, int scaled, int cell) {
        return Math.min(start / cell + 1, (start + scaled / 2) / cell);
    }

    private static int end(int start, int scaled, int cell) {
        return Math.max((start + scaled) / cell - 1, (start + scaled / 2) / cell + 1);
    }

    @Override
    public List<String> prefixes() {
        return List.of("", FAR_PREFIXES.get(0), FAR_PREFIXES.get(1), CLOSE_PREFIXES.get(0), CLOSE_PREFIXES.get(1));
    }
}
