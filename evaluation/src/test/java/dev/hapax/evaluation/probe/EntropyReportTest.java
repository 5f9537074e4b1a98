package dev.hapax.evaluation.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.evaluation.report.Report;
import dev.hapax.evaluation.report.Row;
import dev.hapax.evaluation.statistics.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntropyReportTest {
    private static final float[] EVEN = {1, 1, 1, 1};
    private static final float[] HALF = {1, 1, 0, 0};

    @Test
    void learnedWordsAgainstOrdinaryOnes() {
        Map<String, List<float[]>> learned = new LinkedHashMap<>();
        Map<String, List<float[]>> ordinary = new LinkedHashMap<>();
        for (int i = 0; i < 8; i++) {
            learned.put("<" + i + ">", List.of(EVEN, HALF));
            ordinary.put("noun " + i, List.of(HALF));
        }
        Report report =
                new EntropyReport(learned, ordinary, Map.of()).findings().report();
        List<Row> rows = report.tables().get(0).rows();
        assertEquals(10, rows.size());
        assertEquals(1.5 * Math.log(2), rows.get(0).figures().get("entropy").mean(), 1e-9, "the mean of two vectors");
        assertEquals(Math.log(2), rows.get(1).figures().get("entropy").mean(), 1e-9);
        assertEquals("<0>", rows.get(2).name());
        assertEquals(0.5 * Math.log(2), report.claims().get(0).difference().mean(), 1e-9);
        assertEquals(Verdict.HOLDS, report.claims().get(0).verdict());
        assertTrue(report.lead().contains("+50.00 %"), report.lead());
    }

    @Test
    void bothMustBeThere() {
        Map<String, List<float[]>> words = Map.of("cat", List.of(EVEN));
        assertThrows(IllegalArgumentException.class, () -> new EntropyReport(Map.of(), words, Map.of()));
    }
}
