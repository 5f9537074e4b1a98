package dev.hapax.evaluation.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.method.matte.MatteCells;
import dev.hapax.text.CellTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CellSharesTest {
    private static final CellTable TABLE = new CellTable(List.of(0, 1), List.of(500)); // four cells

    private static CellShares shares(List<Double> color, List<Double> style, List<Double> object, List<Double> layout) {
        return new CellShares(
                TABLE,
                Map.of(
                        ProbedAttribute.COLOR, color,
                        ProbedAttribute.STYLE, style,
                        ProbedAttribute.OBJECT, object,
                        ProbedAttribute.LAYOUT, layout),
                Map.of(ProbedAttribute.COLOR, 0.9),
                10);
    }

    @Test
    void aWordGetsTheCellsThatAreAtLeastHalfAsStrongAsItsStrongest() {
        CellShares shares = shares(
                List.of(0.1, 0.8, 0.4, 0.39),
                List.of(0.0, 0.0, 0.0, 1.0),
                List.of(-0.2, -0.1, 0.05, 0.0),
                List.of(0.5, 0.5, 0.5, 0.5));
        MatteCells proposal = shares.proposal();
        assertEquals(List.of(1, 2), proposal.color());
        assertEquals(List.of(3), proposal.style());
        assertEquals(List.of(2), proposal.object());
        assertEquals(List.of(0, 1, 2, 3), proposal.layout());
        assertEquals(proposal, MatteCells.parse("proposal.json", proposal.json()));
        CellShares none = shares(
                List.of(0.0, 0.0, -0.1, 0.0),
                List.of(1.0, 0.0, 0.0, 0.0),
                List.of(1.0, 0.0, 0.0, 0.0),
                List.of(1.0, 0.0, 0.0, 0.0));
        String message =
                assertThrows(IllegalStateException.class, none::proposal).getMessage();
        assertTrue(message.contains("color"), message);
    }

    @Test
    void wordsSeparateByWhatIsTheirsLessWhatIsOthers() {
        CellShares clean = shares(
                List.of(1.0, 0.0, 0.0, 0.0),
                List.of(0.0, 1.0, 0.0, 0.0),
                List.of(0.0, 0.0, 1.0, 0.0),
                List.of(0.0, 0.0, 0.0, 1.0));
        assertEquals(1, clean.separation(clean.proposal()), 1e-12);
        List<Integer> all = List.of(0, 1, 2, 3);
        assertEquals(0, clean.separation(new MatteCells(TABLE, all, all, all, all)), 1e-12);
        CellShares shared = shares(
                List.of(0.5, 0.5, 0.0, 0.0),
                List.of(0.5, 0.5, 0.0, 0.0),
                List.of(0.0, 0.0, 1.0, 0.0),
                List.of(0.0, 0.0, 0.0, 1.0));
        // color and style each: 1 - (1 + 0 + 0) / 3
        assertEquals((2 * (2.0 / 3) + 2) / 4, shared.separation(shared.proposal()), 1e-12);
        assertThrows(
                IllegalArgumentException.class,
                () -> clean.separation(new MatteCells(CellTable.stages(4), all, all, all, all)));
    }

    @Test
    void tablesAreWrittenFromNoiseToClean() {
        String text = CellReport.markdown(shares(
                List.of(0.1, 0.2, 0.3, 0.4),
                List.of(0.0, 0.0, 0.0, 0.0),
                List.of(0.0, 0.0, 0.0, 0.0),
                List.of(0.0, 0.0, 0.0, 0.0)));
        assertTrue(text.contains("| from 500 | 30 % | 40 % |\n| from 0 | 10 % | 20 % |"), text);
        assertTrue(text.contains("All cells: 90 %; 10 images"), text);
    }
}
