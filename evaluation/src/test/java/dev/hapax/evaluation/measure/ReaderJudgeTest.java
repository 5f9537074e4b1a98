package dev.hapax.evaluation.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.measure.Embedding;
import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.picturebook.world.render.Renderer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReaderJudgeTest {
    @TempDir
    private Path folder;

    private static BufferedImage picture(long seed) {
        return new Renderer().render(new SceneSampler().sample(seed), 128).image();
    }

    private static BufferedImage blue(int size) {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < size * size; i++) {
            image.setRGB(i % size, i / size, 0x3060C0);
        }
        return image;
    }

    @Test
    void readsPicturesOfAnySize() throws IOException {
        try (ReaderJudge judge = ReaderJudge.open(TinyReader.in(folder))) {
            Embedding usual = judge.of(picture(1));
            assertEquals(8, usual.values().length);
            assertTrue(usual.cosine(judge.of(picture(2))) < 1 - 1e-6);
            assertArrayEquals(judge.of(blue(128)).values(), judge.of(blue(1)).values(), 1e-6f);
            assertEquals(judge.read(blue(128)), judge.read(blue(1)));
            assertEquals(64, judge.hash().length());
        }
    }
}
