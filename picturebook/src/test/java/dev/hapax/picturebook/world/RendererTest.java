package dev.hapax.picturebook.world;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.picturebook.world.render.Renderer;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RendererTest {

    private static final int SIZE = 128;

    private final SceneSampler sampler = new SceneSampler();
    private final Renderer renderer = new Renderer();

    @Test
    void threadsThatShareARendererGetTheSamePixels() {
        List<int[]> alone = IntStream.range(0, 60).mapToObj(this::pixels).toList();
        List<int[]> together =
                IntStream.range(0, 60).parallel().mapToObj(this::pixels).toList();
        for (int i = 0; i < alone.size(); i++) {
            assertArrayEquals(alone.get(i), together.get(i));
        }
    }

    @Test
    void boxesAreTightAroundMasks() {
        for (int seed = 0; seed < 100; seed++) {
            Rendering rendering = renderer.render(sampler.sample(seed), SIZE);
            for (int i = 0; i < rendering.masks().size(); i++) {
                assertEquals(bounds(rendering.masks().get(i)), rendering.boxes().get(i));
            }
        }
    }

    @Test
    void noPixelBelongsToTwoThings() {
        for (int seed = 0; seed < 50; seed++) {
            List<Mask> masks = renderer.render(
                            sampler.sample(seed, Choices.all().pairs()), SIZE)
                    .masks();
            for (int i = 0; i < SIZE * SIZE; i++) {
                assertTrue(!masks.get(0).at(i % SIZE, i / SIZE) || !masks.get(1).at(i % SIZE, i / SIZE));
            }
        }
    }

    @Test
    void anotherColorChangesTheThingAndNothingFarFromIt() {
        for (Style style : Style.values()) {
            for (int seed = 0; seed < 40; seed++) {
                Scene scene = sampler.sample(seed).in(style);
                assertChangeStaysNear(scene, style == Style.NEON ? 8 : 3);
            }
        }
    }

    @Test
    void thingsAreLargeAndWhollyInThePicture() {
        for (int seed = 0; seed < 300; seed++) {
            Scene scene = sampler.sample(seed);
            for (Box box : renderer.render(scene, SIZE).boxes()) {
                double least = scene.isPair() ? 0.33 : 0.55;
                assertTrue(Math.max(box.width(), box.height()) > least, () -> scene + " " + box);
                assertTrue(box.x0() > 0 && box.y0() > 0 && box.x1() < 1 && box.y1() < 1, () -> scene + " " + box);
            }
        }
    }

    @Test
    void everySizeShowsTheSameScene() {
        for (int seed = 0; seed < 30; seed++) {
            Box small = renderer.render(sampler.sample(seed), 64).boxes().get(0);
            Box large = renderer.render(sampler.sample(seed), 512).boxes().get(0);
            assertEquals(small.centerX(), large.centerX(), 0.02);
            assertEquals(small.height(), large.height(), 0.04);
        }
        Scene any = sampler.sample(0);
        assertThrows(IllegalArgumentException.class, () -> renderer.render(any, 8));
    }

    private void assertChangeStaysNear(Scene scene, int reach) {
        Rendering before = renderer.render(scene, SIZE);
        BufferedImage after = renderer.render(recolored(scene), SIZE).image();
        Mask mask = before.masks().get(0);
        int inside = 0;
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                if (before.image().getRGB(x, y) != after.getRGB(x, y)) {
                    assertTrue(near(mask, x, y, reach), scene + " changes at " + x + " " + y);
                    inside += mask.at(x, y) ? 1 : 0;
                }
            }
        }
        assertTrue(inside > mask.count() / 4, inside + " of " + mask.count() + " pixels change in " + scene);
    }

    private static Scene recolored(Scene scene) {
        Thing thing = scene.things().get(0);
        Look look = thing.look();
        ColorName other = look.color() == ColorName.BLUE ? ColorName.ORANGE : ColorName.BLUE;
        Look changed = new Look(other, other.rgb(), look.secondRgb(), look.pattern(), look.knobs(), look.details());
        List<Thing> things = new ArrayList<>(scene.things());
        things.set(0, new Thing(thing.kind(), changed));
        return new Scene(things, scene.relation(), scene.background(), scene.style(), scene.jitterSeed());
    }

    private static boolean near(Mask mask, int x, int y, int reach) {
        for (int dy = -reach; dy <= reach; dy++) {
            for (int dx = -reach; dx <= reach; dx++) {
                if (x + dx >= 0 && x + dx < SIZE && y + dy >= 0 && y + dy < SIZE && mask.at(x + dx, y + dy)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Box bounds(Mask mask) {
        int[] set = IntStream.range(0, SIZE * SIZE)
                .filter(i -> mask.at(i % SIZE, i / SIZE))
                .toArray();
        int[] xs = IntStream.of(set).map(i -> i % SIZE).toArray();
        int[] ys = IntStream.of(set).map(i -> i / SIZE).toArray();
        double unit = SIZE;
        return new Box(
                IntStream.of(xs).min().orElseThrow() / unit,
                IntStream.of(ys).min().orElseThrow() / unit,
                (IntStream.of(xs).max().orElseThrow() + 1) / unit,
                (IntStream.of(ys).max().orElseThrow() + 1) / unit);
    }

    private int[] pixels(int seed) {
        return renderer.render(sampler.sample(seed), SIZE).image().getRGB(0, 0, SIZE, SIZE, null, 0, SIZE);
    }
}
