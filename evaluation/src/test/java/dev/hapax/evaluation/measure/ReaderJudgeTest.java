package dev.hapax.evaluation.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.measure.Embedding;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.picturebook.world.render.Renderer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

    @Test
    void saysWhichThingsAreThereOfKindsThatItKnows() throws IOException {
        try (ReaderJudge judge = ReaderJudge.open(TinyReader.in(folder))) {
            BufferedImage image = picture(1);
            List<String> kinds = Arrays.stream(Kind.values()).map(Kind::word).toList();
            Set<String> seen = judge.present(image, kinds).orElseThrow();
            assertEquals(
                    judge.read(image).sightings().stream()
                            .map(sighting -> sighting.kind().word())
                            .collect(Collectors.toSet()),
                    seen);
            assertEquals(Optional.empty(), judge.present(image, List.of("cat", "backpack")), "it knows no backpacks");
        }
    }

    @Test
    void sharesOfKindsAreAtMostTheWholeAndInTheOrderOfTheLikelihoods() throws IOException {
        Path place = TinyReader.in(folder);
        try (ReaderJudge judge = ReaderJudge.open(place)) {
            Map<String, Double> shares = judge.shares(picture(1));
            assertEquals(
                    Arrays.stream(Kind.values()).map(Kind::word).toList(),
                    shares.keySet().stream().toList());
            // all kinds are as likely as an untrained reader finds them, about sigmoid(-4): together below 1
            double sum = shares.values().stream().mapToDouble(share -> share).sum();
            assertTrue(sum > 0 && sum <= 1 + 1e-9, "sum " + sum);
            assertTrue(shares.values().stream().distinct().count() > 1);
        }
        try (ReaderJudge sure = ReaderJudge.open(TinyReader.sure(folder.resolve("sure")))) {
            Map<String, Double> shares = sure.shares(picture(1));
            assertEquals(1, shares.values().stream().mapToDouble(share -> share).sum(), 1e-9);
            assertEquals(1.0 / Kind.values().length, shares.get("cat"), 1e-3, "each is certain, and one of many");
        }
    }
}
