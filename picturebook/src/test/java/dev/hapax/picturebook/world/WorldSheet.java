package dev.hapax.picturebook.world;

import dev.hapax.picturebook.world.render.Renderer;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.IntFunction;
import javax.imageio.ImageIO;

/** Writes contact sheets of the world as PNG files, and measures how fast it is drawn. */
public final class WorldSheet {

    private static final int TILE = 128;
    private static final int TIMED = 2000;

    private final Renderer renderer = new Renderer();
    private final SceneSampler sampler = new SceneSampler();

    private WorldSheet() {}

    /**
     * Writes the sheets.
     *
     * @param args the folder to write to
     * @throws IOException if it cannot be written
     */
    public static void main(String[] args) throws IOException {
        WorldSheet sheet = new WorldSheet();
        Path folder = Files.createDirectories(Path.of(args[0]));
        int kinds = Kind.values().length;
        int styles = Style.values().length;
        sheet.write(folder.resolve("scenes.png"), 8, 64, sheet.sampler::sample);
        sheet.write(
                folder.resolve("styles.png"),
                8,
                8 * styles,
                i -> sheet.sampler.sample(200 + i % 8).in(Style.values()[i / 8]));
        sheet.write(folder.resolve("kinds.png"), 8, 8 * kinds, i -> sheet.portrait(Kind.values()[i / 8], i % 8));
        sheet.write(
                folder.resolve("colors.png"),
                8,
                8 * ColorName.values().length,
                i -> sheet.colored(ColorName.values()[i / 8], i % 8));
        for (int round = 0; round < 3; round++) {
            System.out.printf("%.0f scenes a second%n", sheet.speed());
        }
    }

    private Scene portrait(Kind kind, int variant) {
        Choices choices = Choices.all().withKinds(Set.of(kind), Set.of(kind));
        long seed = 31L * kind.ordinal() + variant;
        return Scene.of(sampler.thing(seed, choices), Background.PLAIN, Style.PICTURE, seed);
    }

    private Scene colored(ColorName color, int variant) {
        Choices choices = Choices.all()
                .withColors(Set.of(color))
                .withPatterns(Set.of(Pattern.PLAIN))
                .singles()
                .withStyles(Set.of(Style.values()[variant % Style.values().length]));
        return sampler.sample(100L * color.ordinal() + variant, choices);
    }

    private void write(Path file, int columns, int count, IntFunction<Scene> scenes) throws IOException {
        int rows = (count + columns - 1) / columns;
        BufferedImage all = new BufferedImage(columns * TILE, rows * TILE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = all.createGraphics();
        for (int i = 0; i < count; i++) {
            graphics.drawImage(
                    renderer.render(scenes.apply(i), TILE).image(), i % columns * TILE, i / columns * TILE, null);
        }
        graphics.dispose();
        ImageIO.write(all, "png", file.toFile());
    }

    private double speed() {
        long start = System.nanoTime();
        for (int i = 0; i < TIMED; i++) {
            renderer.render(sampler.sample(i), TILE);
        }
        return TIMED * 1e9 / (System.nanoTime() - start);
    }
}
