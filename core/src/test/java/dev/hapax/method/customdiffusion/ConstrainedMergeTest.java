package dev.hapax.method.customdiffusion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.method.customdiffusion.ConstrainedMerge.Concept;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConstrainedMergeTest {
    private static final int OUT = 5;
    private static final int WIDTH = 9;

    private Scope scope;
    private Tensor base;
    private Tensor regularising;
    private Concept cat;
    private Concept dog;

    @BeforeEach
    void open() {
        scope = Scope.open();
        base = random(1, OUT, WIDTH);
        regularising = random(2, 40, WIDTH);
        cat = new Concept(base.plus(random(3, OUT, WIDTH).times(0.3)), random(4, 3, WIDTH));
        dog = new Concept(base.plus(random(5, OUT, WIDTH).times(0.3)), random(6, 2, WIDTH));
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static Tensor random(int which, long rows, long columns) {
        return new Rng(9).normal(Purpose.EVALUATION, which, 0, rows, columns).to(DType.FLOAT64);
    }

    private static Tensor read(Tensor weight, Tensor texts) {
        return texts.matmul(weight.transpose(0, 1));
    }

    private double change(Tensor weight) { // with the ridge, which is part of what is minimised
        Tensor g = regularising.transpose(0, 1).matmul(regularising);
        double trace = 0;
        double[] values = g.toDoubles();
        for (int i = 0; i < WIDTH; i++) {
            trace += values[i * WIDTH + i];
        }
        Tensor difference = weight.minus(base);
        return read(difference, regularising).square().sum().item()
                + ConstrainedMerge.RIDGE
                        * trace
                        / WIDTH
                        * difference.square().sum().item();
    }

    @Test
    void everyConceptReadsItsTextsAsItLearnedTo() {
        Tensor merged = ConstrainedMerge.merge(base, regularising, List.of(cat, dog));
        for (Concept concept : List.of(cat, dog)) {
            assertArrayEquals(
                    read(concept.weight(), concept.texts()).toDoubles(),
                    read(merged, concept.texts()).toDoubles(),
                    1e-9);
        }
    }

    @Test
    void noOtherMatrixThatDoesSoChangesLess() {
        Tensor merged = ConstrainedMerge.merge(base, regularising, List.of(cat, dog));
        double least = change(merged);
        Tensor texts = Tensor.cat(List.of(cat.texts(), dog.texts()), 0); // (5, width)
        for (int i = 0; i < 20; i++) {
            Tensor any = random(20 + i, OUT, WIDTH);
            // takes out of it what it does to the texts: any - any C' (C C')^-1 C
            Tensor gram = texts.matmul(texts.transpose(0, 1));
            Tensor share = dev.hapax.tensor.LinearSystem.solve(gram, texts); // (5, width)
            Tensor free = any.minus(any.matmul(texts.transpose(0, 1)).matmul(share));
            assertEquals(0, read(free, texts).abs().sum().item(), 1e-9);
            for (double size : new double[] {1e-3, -1e-3, 0.5}) {
                assertTrue(change(merged.plus(free.times(size))) > least, "i " + i + ", size " + size);
            }
        }
    }

    @Test
    void whatChangesNothingLeavesTheMatrix() {
        Tensor merged = ConstrainedMerge.merge(base, regularising, List.of(new Concept(base, cat.texts())));
        assertArrayEquals(base.toDoubles(), merged.toDoubles(), 1e-10);
    }

    @Test
    void oneConceptTwiceIsTheConceptOnce() {
        double[] once = ConstrainedMerge.merge(base, regularising, List.of(cat)).toDoubles();
        double[] twice =
                ConstrainedMerge.merge(base, regularising, List.of(cat, cat)).toDoubles();
        assertArrayEquals(once, twice);
    }

    @Test
    void orderDoesNotMatter() {
        assertArrayEquals(
                ConstrainedMerge.merge(base, regularising, List.of(cat, dog)).toDoubles(),
                ConstrainedMerge.merge(base, regularising, List.of(dog, cat)).toDoubles(),
                1e-10);
    }

    @Test
    void fewRegularisingTextsAreEnough() {
        Tensor merged = ConstrainedMerge.merge(base, regularising.narrow(0, 0, 1), List.of(cat));
        assertArrayEquals(
                read(cat.weight(), cat.texts()).toDoubles(),
                read(merged, cat.texts()).toDoubles(),
                1e-8);
    }

    @Test
    void whatCannotBeDoneIsTold() {
        Concept more = new Concept(dog.weight(), random(7, WIDTH, WIDTH)); // with the cat's more tokens than columns
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> ConstrainedMerge.merge(base, regularising, List.of(cat, more)));
        assertTrue(e.getMessage().contains("12 text tokens of width 9 depend on each other"), e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> ConstrainedMerge.merge(base, regularising, List.of()));
    }
}
