package dev.hapax.method.mcpl;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.learning.DenoisingPass;
import dev.hapax.learning.Example;
import dev.hapax.learning.Method;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Word;
import dev.hapax.vae.Posterior;
import java.util.List;
import org.junit.jupiter.api.Test;

class McplTest {
    private static final List<Word> WORDS = List.of(Word.of("<a>", "cat"), Word.of("<b>", "ball"));

    @Test
    void anArticleIsNotTheWordOfItsName() {
        Method<DenoisingPass> all =
                Mcpl.all(WORDS, "a brown <a> and a <b>, rolling", List.of("{}"), McplSettings.PLAIN);
        assertEquals(
                List.of("<a-> <brown> <a> <and> <a-> <b> , <rolling>"),
                all.prompts().all(example()));
        assertEquals(
                List.of("<a>", "<b>", "<a->", "<brown>", "<and>", "<rolling>"),
                all.words().stream().map(Word::token).toList());
        assertEquals("a", all.words().get(2).startsFrom());
    }

    private static Example example() {
        Tensor none = Tensor.zeros(DType.FLOAT32, 1, 1, 1, 1);
        return new Example("x", "", new Posterior(none, none));
    }
}
