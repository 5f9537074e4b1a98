package dev.hapax.picturebook.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PeakTest {
    private static final int SIDE = 8;

    private final float[][] scores = new float[3][SIDE * SIDE];

    @Test
    void theHighestComesFirst() {
        set(0, 1, 1, 0.6);
        set(2, 6, 5, 0.9);
        assertEquals(List.of(new Peak(2, 6, 5, 0.9f), new Peak(0, 1, 1, 0.6f)), find(3));
    }

    @Test
    void neighboursOfAPeakAreNone() {
        set(0, 3, 3, 0.9);
        set(0, 3, 4, 0.8);
        set(1, 2, 2, 0.8);
        set(1, 3, 5, 0.7); // two cells away, but beside a higher neighbour
        assertEquals(List.of(new Peak(0, 3, 3, 0.9f)), find(3));
    }

    @Test
    void oneThingIsNotSeenAsTwoKinds() {
        set(0, 3, 3, 0.5);
        set(1, 3, 3, 0.6);
        assertEquals(List.of(new Peak(1, 3, 3, 0.6f)), find(3));
    }

    @Test
    void equalNeighboursAreOnePeak() {
        set(1, 0, 0, 0.7);
        set(1, 0, 1, 0.7);
        assertEquals(List.of(new Peak(1, 0, 0, 0.7f)), find(3));
    }

    @Test
    void faintCellsAndSuperfluousPeaksAreLeftOut() {
        set(0, 0, 7, 0.29);
        assertEquals(List.of(), find(3));
        set(0, 0, 0, 0.5);
        set(0, 4, 4, 0.6);
        set(0, 7, 7, 0.7);
        assertEquals(List.of(new Peak(0, 7, 7, 0.7f), new Peak(0, 4, 4, 0.6f)), find(2));
    }

    private void set(int kind, int row, int column, double score) {
        scores[kind][row * SIDE + column] = (float) score;
    }

    private List<Peak> find(int most) {
        return Peak.find(scores, SIDE, 0.3, most);
    }
}
