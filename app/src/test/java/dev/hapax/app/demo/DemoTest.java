package dev.hapax.app.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.app.TinyModel;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.evaluation.protocol.PairScene;
import dev.hapax.measure.ClipJudge;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Device;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    private static final Effort LITTLE = new Effort(2, 1e-3, 2, 1, 4, 1, 1, 1);

    @TempDir
    private Path folder;

    @Test
    void everythingIsWrittenAndNothingIsFetched() throws IOException {
        Path folderOfModel = TinyModel.withClip(folder.resolve("model"));
        Path out = folder.resolve("demo");
        double[] done = new double[1];
        try (StableDiffusion model = StableDiffusion.open(folderOfModel, DType.FLOAT32, Device.CPU);
                ClipJudge judge = ClipJudge.open(folderOfModel)) {
            Demo demo = new Demo(
                    model, judge, new Demo.Settings(out, DemoPlan.SCENE, 7, true, LITTLE), () -> Instant.EPOCH);
            Demo.Report report = demo.run((work, note) -> {
                synchronized (done) {
                    done[0] += work;
                }
            });
            assertEquals(demo.work(), done[0], 1e-6 * done[0], "the bar ends where the work does");
            assertEquals(1 + 2 * 6, report.table().lines().count(), report.table());
            byte[] shown = Files.readAllBytes(out.resolve("picture.png"));
            Demo other =
                    new Demo(model, judge, new Demo.Settings(out, 70000015, 7, false, LITTLE), () -> Instant.EPOCH);
            String said = assertThrows(IllegalArgumentException.class, () -> other.run((work, note) -> {}))
                    .getMessage();
            assertTrue(said.startsWith("the folder " + out + " holds the demo of another picture than scene"), said);
            assertArrayEquals(shown, Files.readAllBytes(out.resolve("picture.png")), "it is kept");
        }
        BufferedImage sheet = ImageIO.read(out.resolve("sheet.png").toFile());
        assertTrue(sheet.getWidth() > 1000);
        String page = Files.readString(out.resolve("index.html"));
        assertFalse(page.matches("(?s).*(src|href)=\"(?!data:).*"), "the page needs nothing beside itself");
        assertFalse(
                page.replaceAll("base64,[^\"]*", "").contains("http"), // which an image's digits may spell by chance
                "nor anything from elsewhere");
        // the picture, a map for each word, 12 prompts, and for each of 5 rows an image of each word
        assertEquals(1 + 2 + 12 + 5 * 2, page.split("src=\"data:image/png;base64,", -1).length - 1);
        assertTrue(page.contains("prefers-color-scheme: dark"));
        assertTrue(
                page.contains("./hapax learn \"" + out.resolve("picture.png") + "\" --prompt"), "works where it ran");
        assertTrue(Files.exists(out.resolve("words").resolve("a.safetensors")));
        assertTrue(Files.exists(out.resolve("images").resolve("11.png")));
        assertTrue(Files.readString(out.resolve("numbers.json")).contains("\"mask_iou\""));
    }

    @Test
    void theSceneKnowsTheTruth() {
        PairScene scene = PairScene.of(DemoPlan.SCENE, 64);
        assertTrue(scene.sentence().matches("an? \\w+ <a> (left|right) of an? \\w+ <b> on grass"), scene.sentence());
        assertEquals(64, scene.picture().getWidth());
        assertTrue(scene.mask("<a>").pixels().cardinality() > 100);
        assertFalse(scene.mask("<a>").pixels().intersects(scene.mask("<b>").pixels()));
    }
}
