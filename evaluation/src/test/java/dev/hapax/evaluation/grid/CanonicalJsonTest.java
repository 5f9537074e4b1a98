package dev.hapax.evaluation.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

    @Test
    void theOrderOfKeysMeansNothing() throws JsonProcessingException {
        ObjectNode one = CanonicalJson.object("{\"seed\": 1, \"method\": {\"rate\": 0.005, \"name\": \"all\"}}");
        ObjectNode two = CanonicalJson.object("{\"method\": {\"name\": \"all\", \"rate\": 5e-3}, \"seed\": 1}");
        assertEquals("{\"method\":{\"name\":\"all\",\"rate\":0.005},\"seed\":1}", CanonicalJson.text(one));
        assertEquals(
                Cell.of("draw", one, List.of()).key(),
                Cell.of("draw", two, List.of()).key());
    }

    @Test
    void everythingElseMeansSomething() {
        Product words = Product.of("words", CanonicalJson.object().put("picture", "a"), List.of());
        ObjectNode settings = CanonicalJson.object().put("seed", 1);
        String key = Cell.of("draw", settings, List.of(words)).key();
        assertNotEquals(key, Cell.of("look", settings, List.of(words)).key());
        assertNotEquals(key, Cell.of("draw", settings, List.of()).key());
        assertNotEquals(
                key,
                Cell.of("draw", CanonicalJson.object().put("seed", 2), List.of(words))
                        .key());
    }

    @Test
    void theKeyIsSha256OfTheText() { // printf '%s' TEXT | sha256sum
        Cell cell = Cell.of("draw", CanonicalJson.object().put("prompt", "a \u00e9"), List.of());
        assertEquals(
                "{\"kind\":\"draw\",\"needs\":[],\"settings\":{\"prompt\":\"a \u00e9\"}}",
                cell.description().text());
        assertEquals("91b1487aac7d0384663cae5160a6c76c44e894b4b3c3f96afe4bcc2d05b390a2", cell.key());
    }

    @Test
    void numbersAreWrittenShortest() { // Double.toString of Java 17 gives 1.9999999999999998E23
        ObjectNode numbers = CanonicalJson.object()
                .put("a", Double.parseDouble("2e23"))
                .put("b", 0.1f)
                .put("c", 1L)
                .put("d", 1.0);
        assertEquals("{\"a\":2.0E23,\"b\":0.1,\"c\":1,\"d\":1.0}", CanonicalJson.text(numbers));
    }

    @Test
    void refusesWhatIsNoNumber() {
        ObjectNode result = CanonicalJson.object();
        result.putObject("leakage").putArray("words").add(0.5).add(Double.NaN);
        String message = assertThrows(IllegalArgumentException.class, () -> CanonicalJson.text(result))
                .getMessage();
        assertTrue(message.startsWith("leakage.words[1] is NaN"), message);
    }
}
