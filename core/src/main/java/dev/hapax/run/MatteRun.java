package dev.hapax.run;

import dev.hapax.attention.AttentionLayer;
import dev.hapax.diffusion.SinglePromptEncoder;
import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.Method;
import dev.hapax.learning.PictureFile;
import dev.hapax.method.matte.Matte;
import dev.hapax.method.matte.MatteCells;
import dev.hapax.method.matte.MatteWords;
import dev.hapax.vision.ColorWords;
import dev.hapax.vision.Raster;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * MATTE for pictures and a model.
 *
 * @param settings what the user said
 * @param layers of the U-Net that read text
 */
record MatteRun(CellSettings settings, List<AttentionLayer> layers) {
    private static final int PALETTE = 3; // colors of a picture; our choice

    Method<DenoisingPass> method(List<PictureFile> pictures, SinglePromptEncoder text) {
        MatteCells cells = settings.cells().orElseGet(() -> MatteCells.byDepth(layers));
        Map<String, Double> colors = settings.colors().isEmpty() ? colors(pictures) : settings.colors();
        MatteWords words = MatteWords.of(
                settings.suffix(), List.copyOf(colors.keySet()), settings.className(), settings.vectors(), cells);
        return Matte.of(words, cells, colors, settings.className(), settings.matte(), text.tokenizer(), text.encoder());
    }

    /** The color words of all pictures, with their mean shares. */
    static Map<String, Double> colors(List<PictureFile> pictures) {
        Map<String, Double> shares = new LinkedHashMap<>();
        for (PictureFile picture : pictures) {
            ColorWords.of(Raster.of(picture.image()), PALETTE)
                    .forEach((word, share) -> shares.merge(word, share / pictures.size(), Double::sum));
        }
        return shares;
    }
}
