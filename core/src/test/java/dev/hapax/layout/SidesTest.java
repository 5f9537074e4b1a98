package dev.hapax.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SidesTest {
    @ParameterizedTest
    @CsvSource({
        "' and a ', FIRST_LEFT",
        "' beside a striped ', FIRST_LEFT",
        "' to the left of a ', FIRST_LEFT",
        "' Right of the ', FIRST_RIGHT",
        "' to the right of a ', FIRST_RIGHT",
        "' on the right of a ', FIRST_RIGHT",
        "' above a ', NOT_BESIDE",
        "' in front of a ', NOT_BESIDE",
        "' and a bright office with a ', FIRST_LEFT", // nor "right of"
        "' and a red pony ', FIRST_LEFT", // "on" is not a word of it
        "' Under the ', NOT_BESIDE"
    })
    void theWordsBetweenTellTheSides(String between, Sides expected) {
        assertEquals(expected, Sides.of(between));
    }
}
