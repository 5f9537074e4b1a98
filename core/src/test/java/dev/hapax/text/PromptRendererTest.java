package dev.hapax.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PromptRendererTest {
    private static final CellTable TABLE = new CellTable(LayerGroups.byDepth(Layers.sixteen()), List.of(200, 600, 800));
    private static final int COARSE = 7;
    private static final int MODERATE = 3;
    private static final int FINE = 0;
    private static Scope scope;
    private static Lexicon words;

    @BeforeAll
    static void open() {
        scope = Scope.open();
        Tensor row = Tensor.zeros(DType.FLOAT32, 1, 4);
        words = Lexicon.empty()
                .with("<c>", row)
                .placing("<c>", place(Outside.DROP, "", List.of("{} colored", "in {} color"), 2 * 3 + 1, 3 * 3 + 1))
                .with("<s>", row)
                .placing("<s>", place(Outside.DROP, "", List.of("{} style", "in {} style"), 2 * 3 + 1, 3 * 3 + 1))
                .with("<o>", row)
                .placing("<o>", place(Outside.NOUN, "owl", List.of("{}"), 3, 2 * 3))
                .with("<l>", row)
                .placing("<l>", place(Outside.DROP, "", List.of("following layout {}"), 3 * 3));
    }

    @AfterAll
    static void close() {
        scope.close();
    }

    private static Placement place(Outside outside, String noun, List<String> phrases, Integer... cells) {
        return new Placement(TABLE, List.of(cells), outside, noun, phrases);
    }

    @Test
    void boundSegmentsAreReadWhereTheirWordsMayBe() {
        PromptField field = render("a [<c> colored] teapot in [<s> style] following [<l> layout]");
        assertEquals("a <c> colored teapot in <s> style", field.at(new Site(MODERATE, 850)));
        assertEquals("a <c> colored teapot in <s> style", field.at(new Site(MODERATE, 600)));
        assertEquals("a teapot following <l> layout", field.at(new Site(COARSE, 999)));
        assertEquals("a teapot", field.at(new Site(COARSE, 700)));
        assertEquals("a teapot", field.at(new Site(MODERATE, 599)));
        assertEquals("a teapot", field.at(new Site(FINE, 999)));
        assertEquals(3, field.texts().stream().distinct().count(), "each is encoded once");
    }

    @Test
    void aWordOfItsOwnPhrasesNeedsNoBrackets() {
        PromptField field = render("<c> colored photo of a vase following layout <l>");
        assertEquals("<c> colored photo of a vase", field.at(new Site(MODERATE, 850)));
        assertEquals("photo of a vase following layout <l>", field.at(new Site(COARSE, 850)));
        assertEquals("photo of a vase", field.at(new Site(FINE, 850)));
        assertEquals("<s> style cat", render("<s> style cat").at(new Site(MODERATE, 850)));
        assertEquals("a cat", render("a cat in <s> style").at(new Site(FINE, 850)));
    }

    @Test
    void aNounStandsInForTheObject() {
        PromptField field = render("photo of a <o> in graffiti style");
        assertEquals("photo of a <o> in graffiti style", field.at(new Site(COARSE, 500)));
        assertEquals("photo of an owl in graffiti style", field.at(new Site(COARSE, 900)));
        Lexicon nameless = words.placing("<o>", place(Outside.NOUN, "", List.of("{}"), 3));
        assertEquals(
                "photo in graffiti style",
                PromptRenderer.render("photo of a <o> in graffiti style", nameless, Layers.sixteen())
                        .at(new Site(COARSE, 900)));
        Lexicon everywhere = words.placing("<o>", place(Outside.KEEP, "", List.of(), 3));
        assertTrue(PromptRenderer.render("a <o>", everywhere, Layers.sixteen()).isConstant());
    }

    @Test
    void whatIsLeftIsASentence() {
        assertEquals("an apple", render("a [<c> colored] apple").at(new Site(FINE, 0)));
        assertEquals("a teapot", render("an [<c> colored] teapot").at(new Site(FINE, 0)));
        assertEquals("a cat, red", render("a cat, [<s> style], red").at(new Site(FINE, 0)));
        assertEquals("a cat", render("a cat, [<s> style]").at(new Site(FINE, 0)));
        assertEquals("", render("[<c> colored], [<s> style]").at(new Site(FINE, 0)));
        assertEquals(
                "sitting on top of a table",
                render("[<c> colored] sitting on top of a table").at(new Site(FINE, 0)));
        assertEquals(
                "a cat at 8:30 , odd  spaces",
                render("a cat at 8:30 , odd  spaces").at(new Site(FINE, 0)));
    }

    @Test
    void rangesOfTimestepsAndLayers() {
        PromptField stages = render("a {800-1000: sitting} cat {0-500: , oil painting}");
        assertEquals("a sitting cat", stages.at(new Site(0, 800)));
        assertEquals("a cat", stages.at(new Site(0, 799)));
        assertEquals("a cat, oil painting", stages.at(new Site(0, 499)));
        PromptField mixed = render("a photo of {inner: <x>}{outer: <y>}");
        for (int layer = 0; layer < 16; layer++) {
            boolean inner = layer >= 5 && layer <= 8;
            assertEquals("a photo of " + (inner ? "<x>" : "<y>"), mixed.at(new Site(layer, 0)), "layer " + layer);
        }
        PromptField some = render("cat {layers 2-3: red}");
        assertEquals("cat", some.at(new Site(1, 0)));
        assertEquals("cat red", some.at(new Site(3, 0)));
        assertEquals("red", render("{layers 0-15: red}").at(new Site(8, 0)));
        assertEquals("a cat", render("{inner: [<c> colored]} a cat").at(new Site(MODERATE, 999)), "not an inner layer");
    }

    @Test
    void otherBracketsAreThePromptsOwn() {
        PromptField field = render("a [red] {blue} cat [[x]] {a: b}");
        assertTrue(field.isConstant());
        assertEquals("a [red] {blue} cat [[x]] {a: b}", field.at(new Site(0, 0)));
    }

    @Test
    void emptyRangesAreNamed() {
        assertThrows(IllegalArgumentException.class, () -> render("a {500-500: x}"));
        String message = assertThrows(IllegalArgumentException.class, () -> render("{layers 3-16: x}"))
                .getMessage();
        assertTrue(message.contains("layers 0 to 15"), message);
    }

    private static PromptField render(String prompt) {
        return PromptRenderer.render(prompt, words, Layers.sixteen());
    }
}
