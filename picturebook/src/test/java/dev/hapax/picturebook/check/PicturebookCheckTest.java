package dev.hapax.picturebook.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.WriteFailedException;
import dev.hapax.diffusion.ImageGenerator;
import dev.hapax.diffusion.ImageRequest;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.picturebook.recipe.TinyModel;
import dev.hapax.picturebook.world.Captions;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturebookCheckTest {
    private static final CheckSettings SETTINGS = new CheckSettings(3, 5, 2, 4, 4, 2, DType.FLOAT32, 1);

    @Test
    void equalSettingsGiveEqualFiguresOnAnyNumberOfThreads(@TempDir Path model) throws Exception {
        TinyModel.write(model);
        List<String> heard = new ArrayList<>();
        CheckResult one = PicturebookCheck.check(model, model.resolve("reader"), SETTINGS, heard::add);
        CheckResult two = PicturebookCheck.check(model, model.resolve("reader"), SETTINGS.withWorkers(2), line -> {});
        assertEquals(one.table(), two.table());
        assertEquals(3, one.drawings().size());
        assertEquals(2, one.reconstructions().orElseThrow().count());
        assertTrue(one.prior().isPresent());
        DetectorScore detector = one.detector().orElseThrow();
        assertEquals(detector, two.detector().orElseThrow());
        assertTrue(detector.renderings().mean() >= 0 && detector.drawn().orElseThrow() > 0, detector::toString);
        assertEquals(kinds(4), Set.copyOf(detector.renderings().classes().keySet()));
        assertEquals(
                kinds(2), detector.reconstructions().orElseThrow().classes().keySet());
        for (int i = 0; i < 3; i++) {
            assertEquals(HeldOut.prompt(5, i), one.drawings().get(i).scene());
            assertEquals(pixels(one.drawings().get(i)), pixels(two.drawings().get(i)));
        }
        assertEquals(
                pixels(drawn(model, one.drawings().get(2).scene(), 2)),
                pixels(one.drawings().get(2)));
        assertTrue(heard.contains("drawing 3/3, 0:00 left"), heard.toString());
    }

    @Test
    void checksWhatThereIs(@TempDir Path model) throws Exception {
        TinyModel.write(model);
        for (String part : List.of("unet", "prior")) {
            Files.delete(model.resolve(part).resolve("config.json"));
        }
        Files.delete(model.resolve("detector/config.json"));
        Files.delete(model.resolve("detector/preprocessor_config.json"));
        CheckResult result = PicturebookCheck.check(model, model.resolve("reader"), SETTINGS, line -> {});
        assertTrue(result.drawings().isEmpty() && result.prior().isEmpty());
        assertTrue(result.detector().isEmpty());
        assertTrue(Double.isFinite(result.reconstructions().orElseThrow().psnr()));
        Path file = Files.writeString(model.resolve("file"), "in the way");
        assertThrows(WriteFailedException.class, () -> result.write(file));
    }

    private static Set<String> kinds(int renderings) {
        return IntStream.range(0, renderings)
                .mapToObj(HeldOut::rendering)
                .flatMap(scene -> scene.things().stream())
                .map(thing -> thing.kind().word())
                .collect(Collectors.toSet());
    }

    private static BufferedImage drawn(Path model, Scene scene, int index) {
        try (StableDiffusion diffusion = StableDiffusion.open(model, DType.FLOAT32, Device.CPU)) {
            ImageRequest request =
                    new ImageRequest(new Captions().full(scene), "", 5, index, 1, 2, 4, Optional.empty(), "ddim");
            return ImageGenerator.of(diffusion).generate(request).get(0).image();
        }
    }

    private static List<Integer> pixels(Drawing drawing) {
        return pixels(drawing.image());
    }

    private static List<Integer> pixels(BufferedImage image) {
        return IntStream.of(image.getRGB(0, 0, 128, 128, null, 0, 128)).boxed().toList();
    }
}
