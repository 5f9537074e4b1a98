package dev.hapax.evaluation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.attention.AttentionLayer;
import dev.hapax.method.matte.MatteCells;
import dev.hapax.method.matte.MatteWords;
import dev.hapax.picturebook.world.Background;
import dev.hapax.picturebook.world.Choices;
import dev.hapax.picturebook.world.ColorName;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.picturebook.world.Style;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.PromptField;
import dev.hapax.text.PromptRenderer;
import dev.hapax.text.Site;
import dev.hapax.text.Word;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttributeRowTest {
    private static final Scene APPLE = new SceneSampler()
            .sample(
                    1,
                    Choices.all()
                            .singles()
                            .withKinds(Set.of(Kind.APPLE), Set.of(Kind.APPLE))
                            .withColors(Set.of(ColorName.ORANGE))
                            .withBackgrounds(Set.of(Background.NIGHT))
                            .withStyles(Set.of(Style.MOSAIC)));

    /** Picturebook's seven: fine, moderate, coarse, coarse, moderate, moderate, fine. */
    private static final List<AttentionLayer> LAYERS = IntStream.range(0, 7)
            .mapToObj(i ->
                    new AttentionLayer(i, (i < 2 ? "down_blocks." : i == 2 ? "mid_block." : "up_blocks.") + i, 1, 4))
            .toList();

    private static final int FINE = 0;
    private static final int MODERATE = 1;
    private static final int COARSE = 2;

    private static List<String> prompts(AttributeRow row) {
        return Arrays.stream(Attribute.values())
                .map(attribute -> row.prompt(attribute, APPLE, "teapot"))
                .toList();
    }

    @Test
    void oneWordIsAddedToAThing() {
        assertEquals(
                List.of("a <c> colored teapot", "a <s> style teapot", "a <o>", "a teapot following layout <l>"),
                prompts(AttributeRow.MATTE));
        assertEquals(prompts(AttributeRow.MATTE), prompts(AttributeRow.MATTE_TOLD));
        assertEquals(
                List.of("a <v> colored teapot", "a <v> style teapot", "a <v>", "a teapot following layout <v>"),
                prompts(AttributeRow.TEXTUAL_INVERSION));
        assertEquals(
                List.of("an orange teapot", "a mosaic of a teapot", "an apple", "a teapot at night"),
                prompts(AttributeRow.NAMED));
    }

    private static String read(AttributeRow row, Attribute attribute, int layer, double timestep) {
        try (Scope scope = Scope.open()) {
            Lexicon words = Lexicon.empty();
            MatteWords matte = MatteWords.of("", List.of("orange"), "apple", 1, MatteCells.byDepth(LAYERS));
            for (Word word : List.of(matte.color(), matte.style(), matte.object(), matte.layout())) {
                words = word.in(words, Tensor.zeros(DType.FLOAT32, 1, 4));
            }
            PromptField field = PromptRenderer.render(row.prompt(attribute, APPLE, "teapot"), words, LAYERS);
            return field.at(new Site(layer, timestep));
        }
    }

    @Test
    void matteBringsItsPlacesWithIt() {
        assertEquals("a <c> colored teapot", read(AttributeRow.MATTE, Attribute.COLOR, MODERATE, 700));
        assertEquals("a teapot", read(AttributeRow.MATTE, Attribute.COLOR, COARSE, 700));
        assertEquals("a <s> style teapot", read(AttributeRow.MATTE, Attribute.STYLE, MODERATE, 700));
        assertEquals("a teapot", read(AttributeRow.MATTE, Attribute.STYLE, MODERATE, 500));
        assertEquals("a teapot following layout <l>", read(AttributeRow.MATTE, Attribute.LAYOUT, COARSE, 900));
        assertEquals("a teapot", read(AttributeRow.MATTE, Attribute.LAYOUT, COARSE, 700));
        assertEquals("a <o>", read(AttributeRow.MATTE, Attribute.OBJECT, COARSE, 700));
        assertEquals("an apple", read(AttributeRow.MATTE, Attribute.OBJECT, FINE, 700), "the class stands in");
    }

    @Test
    void pPlusIsReadByLayers() {
        assertEquals("a <v> colored teapot", read(AttributeRow.P_PLUS, Attribute.COLOR, FINE, 10));
        assertEquals("a <v> style teapot", read(AttributeRow.P_PLUS, Attribute.STYLE, MODERATE, 10));
        assertEquals("a teapot", read(AttributeRow.P_PLUS, Attribute.COLOR, COARSE, 10));
        assertEquals("a teapot", read(AttributeRow.P_PLUS, Attribute.STYLE, COARSE, 10));
        assertEquals("a <v>", read(AttributeRow.P_PLUS, Attribute.OBJECT, COARSE, 10));
        assertEquals("an apple", read(AttributeRow.P_PLUS, Attribute.OBJECT, FINE, 10));
        assertEquals("a teapot following layout <v>", read(AttributeRow.P_PLUS, Attribute.LAYOUT, FINE, 10));
        assertEquals("a teapot following layout <v>", read(AttributeRow.P_PLUS, Attribute.LAYOUT, COARSE, 990));
    }

    @Test
    void proSpectIsReadByStages() {
        assertEquals("a teapot", read(AttributeRow.PROSPECT, Attribute.COLOR, FINE, 500));
        assertEquals("a <v> colored teapot", read(AttributeRow.PROSPECT, Attribute.COLOR, COARSE, 499));
        assertEquals("a <v> style teapot", read(AttributeRow.PROSPECT, Attribute.STYLE, FINE, 0));
        assertEquals("an apple", read(AttributeRow.PROSPECT, Attribute.OBJECT, FINE, 599));
        assertEquals("a <v>", read(AttributeRow.PROSPECT, Attribute.OBJECT, FINE, 600));
        assertEquals("an apple", read(AttributeRow.PROSPECT, Attribute.OBJECT, FINE, 900));
        assertEquals("a teapot", read(AttributeRow.PROSPECT, Attribute.LAYOUT, FINE, 899));
        assertEquals("a teapot following layout <v>", read(AttributeRow.PROSPECT, Attribute.LAYOUT, FINE, 999));
    }
}
