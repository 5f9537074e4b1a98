package dev.hapax.evaluation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hapax.diffusion.ImageSize;
import dev.hapax.evaluation.grid.Cell;
import dev.hapax.evaluation.grid.Product;
import dev.hapax.evaluation.protocol.AttributeBench.Shot;
import dev.hapax.method.matte.MatteSettings;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.Style;
import dev.hapax.run.LearnRequest;
import dev.hapax.run.Regularisation;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AttributesProtocolTest {
    private static final Ground GROUND = ground(Optional.empty(), Map.of("clip", "c", "reader", "r"));
    private static final AttributeBench SMALL = bench(Scale.SMALL);

    private static Ground ground(Optional<Path> pictures, Map<String, String> judges) {
        return new Ground(
                "tiny",
                "hash",
                new ImageSize(32, 32),
                judges,
                pictures,
                List.of("an image of {}"),
                "picture",
                new SideBySide());
    }

    private static AttributeBench bench(Scale scale) {
        return (AttributeBench) new AttributesProtocol().on(GROUND, scale);
    }

    @Test
    void twentyPicturesInWhichAttributesGoTogetherInManyWays() {
        List<Scene> scenes =
                SMALL.references().stream().map(AttributeReference::scene).toList();
        assertEquals(20, scenes.size());
        Set<String> kinds = new HashSet<>();
        Set<String> places = new HashSet<>();
        Set<String> colors = new HashSet<>();
        for (Scene scene : scenes) {
            Kind kind = scene.things().get(0).kind();
            assertTrue(scene.style() != Style.PICTURE, "prompts of a thing alone mostly draw that");
            assertTrue(!AttributeReference.THINGS.contains(kind), "a prompt's own thing would tell nothing");
            kinds.add(kind.word());
            places.add(scene.style() + " " + scene.background());
            colors.add(scene.style() + " " + Attribute.COLOR.truth(scene));
        }
        assertEquals(20, kinds.size());
        assertEquals(20, places.size(), "each style before each background");
        assertEquals(20, colors.size(), "each style in five colors");
        AttributeReference first = SMALL.references().get(0);
        assertEquals(first.scene(), first.subject().scene().orElseThrow());
        assertTrue(
                first.box().width() > 0.2 && first.box().right() <= 1,
                first.box().toString());
    }

    @Test
    void everyWordIsDrawnBesideTheImageWithoutIt() {
        List<Cell> cells = SMALL.cells();
        assertEquals(20 * 12 * (1 + 6 * 4), cells.size());
        assertEquals(cells.size(), cells.stream().map(Cell::key).distinct().count());
        Set<String> learned = new HashSet<>();
        for (Shot shot : SMALL.shots()) {
            JsonNode drawn = SMALL.drawn(shot).description().settings();
            assertEquals(
                    1000 * shot.reference() + shot.image(), drawn.path("image").asInt(), "one noise");
            SMALL.drawn(shot).needs().forEach(words -> learned.add(words.key()));
            boolean plain = shot.added().isEmpty();
            assertTrue(!plain || drawn.path("prompt").asText().equals(shot.image() % 2 == 0 ? "a teapot" : "a cat"));
        }
        assertEquals(20 * 5, learned.size());
        assertEquals(100 * 3 * 250 * 4.0 + 6000 * (2 * 12 + 10), SMALL.work(Map.of("learn", 100, "draw", 6000)));
    }

    private static LearnRequest request(AttributeBench bench, AttributeRow row) {
        Product product = bench.words().get(0).get(row);
        JsonNode settings =
                java.util.Objects.requireNonNull(product).description().settings();
        long steps = settings.path("steps").get(0).asLong();
        return new LearnSettings(settings).request(List.of(Path.of("x.png")), Regularisation.NONE, steps);
    }

    @Test
    void matteIsToldTheClassAndInOneRowTheColor() {
        String noun = Attribute.OBJECT.truth(SMALL.references().get(0).scene());
        LearnRequest found = request(SMALL, AttributeRow.MATTE);
        assertEquals("matte", found.method().toString());
        assertEquals(
                MatteSettings.RECOMMENDED.withNoun("picture"), found.cells().matte());
        assertEquals(noun, found.cells().className());
        assertEquals(Map.of(), found.cells().colors(), "found in the picture");
        assertEquals(new LearnRequest.Pace(250, 5e-3, 4, 7, 0), found.pace());
        String color = Attribute.COLOR.truth(SMALL.references().get(0).scene());
        assertEquals(
                Map.of(color, 1.0),
                request(SMALL, AttributeRow.MATTE_TOLD).cells().colors());
    }

    @Test
    void theOthersLearnOneWordFromTheClass() {
        String noun = Attribute.OBJECT.truth(SMALL.references().get(0).scene());
        for (AttributeRow row : List.of(AttributeRow.P_PLUS, AttributeRow.PROSPECT, AttributeRow.TEXTUAL_INVERSION)) {
            LearnRequest request = request(SMALL, row);
            assertEquals(noun, request.words().get(0).startsFrom());
            boolean bare = row == AttributeRow.PROSPECT;
            assertEquals(bare ? "<v>" : "a <v>", request.prompt());
            assertEquals(List.of(bare ? "{}" : "an image of {}"), request.templates());
            assertEquals(
                    row == AttributeRow.TEXTUAL_INVERSION ? 2e-3 : 5e-3,
                    request.pace().rate());
        }
        AttributeBench paper = bench(Scale.PAPER);
        assertEquals(
                new LearnRequest.Pace(500, 5e-3, 8, 7, 0),
                request(paper, AttributeRow.P_PLUS).pace());
        assertEquals(
                new LearnRequest.Pace(1000, 5e-3, 4, 7, 0),
                request(paper, AttributeRow.MATTE).pace());
        assertEquals(
                new LearnRequest.Pace(3000, 2e-3, 4, 7, 0),
                request(paper, AttributeRow.TEXTUAL_INVERSION).pace());
        assertEquals(64, paper.drawing().seeds());
    }

    @Test
    void whatCannotBeToldIsRefused() {
        AttributesProtocol protocol = new AttributesProtocol();
        IllegalArgumentException pictures = assertThrows(
                IllegalArgumentException.class,
                () -> protocol.on(ground(Optional.of(Path.of("x")), Map.of("reader", "r")), Scale.TINY));
        assertTrue(String.valueOf(pictures.getMessage()).contains("leave --pictures out"));
        IllegalArgumentException reader = assertThrows(
                IllegalArgumentException.class,
                () -> protocol.on(ground(Optional.empty(), Map.of("clip", "c")), Scale.TINY));
        assertTrue(String.valueOf(reader.getMessage()).contains("--reader DIR"));
    }
}
