package dev.hapax.picturebook.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.picturebook.world.render.Renderer;
import dev.hapax.vision.Raster;
import dev.hapax.vision.detect.DetrDetector;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorTrainingTest {
    @Test
    void writesAFolderThatADetectorReadsAndDoesNotTrainItAgain(@TempDir Path folder) throws Exception {
        Path model = folder.resolve("model");
        PrintStream nobody = new PrintStream(OutputStream.nullOutputStream());
        new DetectorTraining(Workshop.open(model, folder.resolve("state"), 1, nobody)).detector(1);
        Path weights = model.resolve("detector/model.safetensors");
        try (DetrDetector detector = DetrDetector.open(model.resolve("detector"))) {
            Raster picture = Raster.of(
                    new Renderer().render(new SceneSampler().sample(1), 64).image());
            assertEquals(Kind.values().length, detector.presence(picture).size());
            assertEquals(8, detector.detect(picture, 0).size());
        }
        FileTime written = Files.getLastModifiedTime(weights);
        new DetectorTraining(Workshop.open(model, folder.resolve("other"), 1, nobody)).detector(1);
        assertEquals(written, Files.getLastModifiedTime(weights));
    }
}
