package dev.hapax.picturebook.world.figure;

import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Look;
import dev.hapax.picturebook.world.Thing;
import dev.hapax.picturebook.world.shape.Drawing;

/** Draws any thing. */
public final class Figures {

    private Figures() {}

    /**
     * {@return the drawing of a thing, on a sheet of about 100 by 100}
     *
     * @param thing the thing
     */
    public static Drawing draw(Thing thing) {
        Look look = thing.look();
        Pen pen = new Pen(look);
        of(thing.kind()).draw(pen, look.knobs(), look.details());
        return pen.drawing();
    }

    private static Figure of(Kind kind) {
        return switch (kind) {
            case CAT -> new CatFigure();
            case DOG -> new DogFigure();
            case RABBIT -> new RabbitFigure();
            case BIRD -> new BirdFigure();
            case FISH -> new FishFigure();
            case TREE -> new TreeFigure();
            case FLOWER -> new FlowerFigure();
            case MUSHROOM -> new MushroomFigure();
            case CACTUS -> new CactusFigure();
            case CHAIR -> new ChairFigure();
            case LAMP -> new LampFigure();
            case TABLE -> new TableFigure();
            case CAR -> new CarFigure();
            case BOAT -> new BoatFigure();
            case MUG -> new MugFigure();
            case TEAPOT -> new TeapotFigure();
            case APPLE -> new AppleFigure();
            case BANANA -> new BananaFigure();
            case HOUSE -> new HouseFigure();
            case TOWER -> new TowerFigure();
            case BALL -> new BallFigure();
            case KITE -> new KiteFigure();
        };
    }
}
