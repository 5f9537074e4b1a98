package dev.hapax.picturebook.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.vision.detect.AveragePrecision;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckResultTest {
    private static final BufferedImage BLANK = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);

    @Test
    void theTableSaysWhatIsReachedAndByHowMuchNot() {
        String table = result(17, 3, 25.25).table();
        assertLine(table, "| both things present | 85.0 % | 64.0 to 94.8 % | 100.0 % | 85 % | reached |");
        assertLine(table, "| style right | 100.0 % | 83.9 to 100.0 % | 100.0 % | 95 % | reached |");
        assertLine(table, "| each thing's pattern right | 85.0 % | 70.9 to 92.9 % | 100.0 % |  |  |");
        assertLine(table, "PSNR over 4 renderings: 25.25 dB, bar 26 dB: missed by 0.8 dB");
        assertLine(
                table,
                "Mean average precision at an overlap of 0.5 over 2000 true renderings: 0.900, bar 0.8: reached");
        assertLine(table, "After the autoencoder: 0.600.");
        assertLine(table, "Mean presence of what was asked for in the drawings: 0.750.");
        assertLine(
                result(15, 5, 27).table(),
                "| both things present | 75.0 % | 53.1 to 88.8 % | 100.0 % | 85 % | missed by 10.0 points |");
    }

    @Test
    void everyBarMustBeReached() {
        assertTrue(result(20, 0, 26).reached());
        assertFalse(result(20, 0, 25.9).reached());
        assertFalse(result(16, 4, 26).reached());
        assertTrue(result(20, 0, 26, Optional.of(score(0.8))).reached());
        assertFalse(result(20, 0, 26, Optional.of(score(0.79))).reached());
        assertFalse(result(20, 0, 26, Optional.empty()).reached());
    }

    @Test
    void whatIsNotThereIsNotReached() {
        CheckResult bare = new CheckResult(
                "m",
                "h",
                CheckSettings.of(1, 0),
                figures(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        assertFalse(bare.reached());
        assertLine(bare.table(), "| style right | 100.0 % | - |");
    }

    @Test
    void writesFiguresForPeopleAndPrograms(@TempDir Path folder) throws Exception {
        CheckResult result = result(17, 3, 27);
        result.write(folder.resolve("made/here"));
        assertEquals(result.table(), Files.readString(folder.resolve("made/here/check.md")));
        JsonNode json = new ObjectMapper()
                .readTree(folder.resolve("made/here/check.json").toFile());
        assertEquals(0.85, json.at("/drawings/present/share").asDouble(), 1e-12);
        assertEquals(0.85, json.at("/drawings/present/bar").asDouble(), 1e-12);
        assertEquals(1, json.at("/drawings_where_present/color/share").asDouble(), 1e-12);
        assertEquals(27, json.at("/psnr/decibels").asDouble(), 1e-12);
        assertEquals(0.7, json.at("/prior/cosine_own").asDouble(), 1e-12);
        assertEquals(0.9, json.at("/detector/map").asDouble(), 1e-12);
        assertEquals(0.9, json.at("/detector/classes/cat").asDouble(), 1e-12);
        assertEquals(0.6, json.at("/detector/map_reconstructions").asDouble(), 1e-12);
        assertEquals(0.75, json.at("/detector/presence_drawings").asDouble(), 1e-12);
        assertTrue(json.at("/reached").asBoolean());
        assertTrue(Files.size(folder.resolve("made/here/check.png")) > 0);
    }

    private static void assertLine(String table, String line) {
        assertTrue(table.lines().anyMatch(line::equals), () -> "no line\n" + line + "\nin\n" + table);
    }

    private static Figures figures() {
        Scene scene = HeldOut.rendering(0);
        return Figures.of(List.of(Verdict.of(scene, TrueReading.of(scene))));
    }

    private static DetectorScore score(double precision) {
        return new DetectorScore(
                new AveragePrecision(0.5, Map.of("cat", precision)),
                Optional.of(new AveragePrecision(0.5, Map.of("cat", 0.6))),
                OptionalDouble.of(0.75));
    }

    private static CheckResult result(int right, int blind, double psnr) {
        return result(right, blind, psnr, Optional.of(score(0.9)));
    }

    private static CheckResult result(int right, int blind, double psnr, Optional<DetectorScore> detector) {
        List<Drawing> drawings = new ArrayList<>();
        for (int i = 0; i < right + blind; i++) {
            Scene scene = HeldOut.prompt(0, i);
            Reading reading =
                    i < right ? TrueReading.of(scene) : new Reading(scene.style(), scene.background(), List.of());
            drawings.add(new Drawing(scene, BLANK, reading, Verdict.of(scene, reading)));
        }
        return new CheckResult(
                "tiny",
                "abc",
                CheckSettings.of(right + blind, 0),
                figures(),
                Optional.of(new Reconstructions(figures(), psnr, 4)),
                drawings,
                detector,
                Optional.of(new PriorScore(0.7, 0.2, 0.5, new Share(9, 10))));
    }
}
