package dev.hapax.picturebook.world.render;

import dev.hapax.picturebook.world.Mask;
import dev.hapax.picturebook.world.medium.Brush;
import dev.hapax.picturebook.world.shape.Drawing;
import dev.hapax.picturebook.world.shape.Finish;
import dev.hapax.picturebook.world.shape.Patch;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/** Finds the pixels that belong to each of several drawings, the later ones in front. */
final class Silhouettes {

    private static final double LINE = 0.022;
    private static final int RGB = 0xFFFFFF;

    private Silhouettes() {}

    static List<Mask> of(List<Drawing> figures, int size) {
        BufferedImage owners = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        try (Brush brush = new Brush(owners, false)) {
            for (int i = 0; i < figures.size(); i++) {
                for (Patch patch : figures.get(i).patches()) {
                    if (patch.finish() != Finish.LINE) {
                        brush.fill(patch.shape(), i + 1);
                    }
                    if (patch.finish() != Finish.FLAT) {
                        brush.trace(patch.shape(), patch.finish() == Finish.LINE ? LINE : 2 * LINE, i + 1);
                    }
                }
            }
        }
        int[] pixels = ((DataBufferInt) owners.getRaster().getDataBuffer()).getData();
        return IntStream.rangeClosed(1, figures.size())
                .mapToObj(owner -> mask(pixels, owner, size))
                .toList();
    }

    private static Mask mask(int[] pixels, int owner, int size) {
        BitSet set = new BitSet(pixels.length);
        for (int i = 0; i < pixels.length; i++) {
            if ((pixels[i] & RGB) == owner) {
                set.set(i);
            }
        }
        return new Mask(size, set);
    }
}
