package dev.hapax.picturebook.world.render;

import dev.hapax.picturebook.world.Mask;
import dev.hapax.picturebook.world.Rendering;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.backdrop.Backdrops;
import dev.hapax.picturebook.world.medium.Brush;
import dev.hapax.picturebook.world.medium.Media;
import dev.hapax.picturebook.world.medium.Medium;
import dev.hapax.picturebook.world.shape.Drawing;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws scenes. The same scene at the same size always gives the same pixels; threads may share a renderer. */
public final class Renderer {

    private static final int SMALLEST = 16;

    /** Makes a renderer; all of them draw alike. */
    public Renderer() {}

    /**
     * Draws a scene.
     *
     * @param scene what to draw
     * @param size the side of the picture in pixels, at least 16
     * @return the picture and where its things are
     */
    public Rendering render(Scene scene, int size) {
        if (size < SMALLEST) {
            throw new IllegalArgumentException("too small to see anything: " + size);
        }
        Medium medium = Media.of(scene.style());
        List<Drawing> figures = Stage.place(scene);
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        try (Brush brush = new Brush(image, true)) {
            medium.backdrop(brush, Backdrops.draw(scene.background(), scene.jitterSeed()), scene.jitterSeed());
            for (int i = 0; i < figures.size(); i++) {
                medium.figure(brush, figures.get(i), scene.things().get(i).look());
            }
        }
        medium.finish(image, scene.jitterSeed());
        List<Mask> masks = Silhouettes.of(figures, size);
        return new Rendering(image, masks, masks.stream().map(Mask::box).toList());
    }
}
