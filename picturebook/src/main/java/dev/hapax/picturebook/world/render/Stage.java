package dev.hapax.picturebook.world.render;

import dev.hapax.picturebook.world.Relation;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.figure.Figures;
import dev.hapax.picturebook.world.shape.Drawing;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Puts the things of a scene in their places on a sheet of 1 by 1, as large as the relation allows. */
final class Stage {

    private static final long SALT = 0x57A6E11L;
    private static final double TILT_DEGREES = 4;

    private Stage() {}

    static List<Drawing> place(Scene scene) {
        SplittableRandom random = new SplittableRandom(scene.jitterSeed() ^ SALT);
        List<Spot> spots = spots(scene.relation(), random);
        List<Drawing> placed = new ArrayList<>();
        for (int i = 0; i < scene.things().size(); i++) {
            placed.add(fit(Figures.draw(scene.things().get(i)), spots.get(i), random));
        }
        return placed;
    }

    private static List<Spot> spots(Relation relation, SplittableRandom random) {
        boolean firstIsLeft = random.nextBoolean();
        return switch (relation) {
            case ALONE ->
                List.of(new Spot(
                        0.5 + random.nextDouble(-0.06, 0.06), 0.88 + random.nextDouble(-0.03, 0.04), 0.78, 0.68));
            case LEFT_OF -> sideBySide(true, random);
            case RIGHT_OF -> sideBySide(false, random);
            case BESIDE -> sideBySide(firstIsLeft, random);
            case ABOVE -> stacked(true, random);
            case BELOW -> stacked(false, random);
        };
    }

    private static List<Spot> sideBySide(boolean firstIsLeft, SplittableRandom random) {
        Spot left = new Spot(0.26 + random.nextDouble(-0.01, 0.01), 0.83 + random.nextDouble(-0.05, 0.07), 0.41, 0.52);
        Spot right = new Spot(0.74 + random.nextDouble(-0.01, 0.01), 0.83 + random.nextDouble(-0.05, 0.07), 0.41, 0.52);
        return firstIsLeft ? List.of(left, right) : List.of(right, left);
    }

    private static List<Spot> stacked(boolean firstIsAbove, SplittableRandom random) {
        Spot above = new Spot(0.5 + random.nextDouble(-0.14, 0.14), 0.455, 0.56, 0.4);
        Spot below = new Spot(0.5 + random.nextDouble(-0.14, 0.14), 0.95, 0.56, 0.4);
        return firstIsAbove ? List.of(above, below) : List.of(below, above);
    }

    private static Drawing fit(Drawing sheet, Spot spot, SplittableRandom random) {
        AffineTransform turn = AffineTransform.getScaleInstance(random.nextBoolean() ? 1 : -1, 1);
        turn.rotate(Math.toRadians(random.nextDouble(-TILT_DEGREES, TILT_DEGREES)));
        Drawing turned = sheet.transformed(turn);
        Rectangle2D from = turned.bounds();
        double scale =
                Math.min(spot.width() / from.getWidth(), spot.height() / from.getHeight()) * random.nextDouble(0.9, 1);
        AffineTransform move = AffineTransform.getTranslateInstance(spot.x(), spot.bottom());
        move.scale(scale, scale);
        move.translate(-from.getCenterX(), -from.getMaxY());
        return turned.transformed(move);
    }

    /** The middle of a thing, the height of its feet, and how large it may be. */
    private record Spot(double x, double bottom, double width, double height) {}
}
