package dev.hapax.diffusion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.vision.detect.Box;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordBoxTest {
    @ParameterizedTest
    @ValueSource(strings = {"<cat>=0.1,0.2,0.5,0.8", "<cat> = 0.1, 0.2, 0.5, 0.8", "<cat>=.1,2e-1,.5,+.8"})
    void aBoxIsReadAsItIsWritten(String text) {
        WordBox box = WordBox.parse(text);
        assertEquals(new WordBox("<cat>", new Box(0.1, 0.2, 0.5, 0.8)), box);
        assertEquals(box, WordBox.parse(box.toString()));
    }

    @Test
    void aWordMayHaveSpacesAndSigns() {
        assertEquals(
                "a=b traffic light", WordBox.parse("a=b traffic light=0,0,1,1").word());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cat=0.1,0.2,0.5|\"cat=0.1,0.2,0.5\" says no box; write it like",
                "cat|\"cat\" says no box",
                "cat=0.1,0.2,0.5,1.2|the box of cat must have an area and lie within the image",
                "cat=-0.1,0.2,0.5,0.9|got left,top,right,bottom -0.1,0.2,0.5,0.9",
                "cat=0.1,0.2,0.1,0.9|must have an area",
                "cat=0.5,0.2,0.1,0.9|the edges of a box must be left <= right",
                "cat=0.5,0.2,1-,0.9|\"1-\" in the box \"cat=0.5,0.2,1-,0.9\" is no number",
            })
    void whatIsNoBoxIsRefused(String text, String message) {
        var error = assertThrows(IllegalArgumentException.class, () -> WordBox.parse(text));
        assertTrue(String.valueOf(error.getMessage()).contains(message), error.getMessage());
    }
}
