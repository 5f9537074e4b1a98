package dev.hapax.evaluation.probe;

import dev.hapax.evaluation.protocol.Findings;
import dev.hapax.evaluation.report.Better;
import dev.hapax.evaluation.report.Measure;
import dev.hapax.evaluation.report.Report;
import dev.hapax.evaluation.report.Row;
import dev.hapax.evaluation.report.Table;
import dev.hapax.evaluation.statistics.Bootstrap;
import dev.hapax.evaluation.statistics.Claim;
import dev.hapax.evaluation.statistics.Interval;
import dev.hapax.evaluation.statistics.Observation;
import dev.hapax.evaluation.statistics.Sample;
import dev.hapax.measure.EmbeddingEntropy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The {@linkplain EmbeddingEntropy entropy} of learned words against that of ordinary ones: Zhang et al. 2024
 * (Compositional Inversion) report that it is higher by 3 % where words were learned by Textual Inversion.
 *
 * @param learned vectors of learned words, by word
 * @param ordinary vectors of ordinary words, by word
 * @param run what was run, for the report
 */
public record EntropyReport(
        Map<String, List<float[]>> learned, Map<String, List<float[]>> ordinary, Map<String, String> run) {
    private static final Measure ENTROPY = new Measure(
            "entropy",
            "of the shares that the coordinates have in the squared length of a word's vector, in nats; the mean over its"
                    + " vectors",
            Better.NEITHER,
            3);
    private static final String LEARNED = "all learned words";
    private static final String ORDINARY = "all ordinary words";

    /** Keeps copies and checks that both are there. */
    public EntropyReport {
        learned = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(learned));
        ordinary = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(ordinary));
        run = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(run));
        if (learned.isEmpty() || ordinary.isEmpty()) {
            throw new IllegalArgumentException("learned words are compared with ordinary ones, got " + learned.size()
                    + " and " + ordinary.size() + "; give both");
        }
    }

    /** What came out. */
    public Findings findings() {
        Sample own = sample(learned);
        Sample others = sample(ordinary);
        List<Row> rows = new ArrayList<>();
        rows.add(row(LEARNED, Bootstrap.DEFAULT.mean(own)));
        rows.add(row(ORDINARY, Bootstrap.DEFAULT.mean(others)));
        learned.forEach((word, vectors) -> rows.add(row(word, Bootstrap.DEFAULT.mean(sample(Map.of(word, vectors))))));
        Claim claim = new Claim(
                "entropy: learned words > ordinary words",
                "Zhang et al. 2024 (arXiv 2312.08048)",
                Bootstrap.DEFAULT.difference(own, others));
        return new Findings(
                new Report(
                        "Entropy of embeddings",
                        "Learned words against " + ordinary.size() + " ordinary ones. " + difference(own, others),
                        List.of(claim),
                        List.of(new Table("Entropy", "", "words", List.of(ENTROPY), rows)),
                        List.of(),
                        run),
                List.of());
    }

    private static String difference(Sample own, Sample others) {
        double learned = Bootstrap.DEFAULT.mean(own).mean();
        double ordinary = Bootstrap.DEFAULT.mean(others).mean();
        return String.format(
                Locale.ROOT, "On average the learned ones have %+.2f %% of it.", 100 * (learned / ordinary - 1));
    }

    private static Row row(String name, Interval value) {
        return new Row(name, Map.of(ENTROPY.name(), value));
    }

    private static Sample sample(Map<String, List<float[]>> words) {
        List<Observation> values = new ArrayList<>();
        words.forEach((word, vectors) -> values.add(new Observation(
                word,
                word,
                vectors.stream().mapToDouble(EmbeddingEntropy::of).average().orElseThrow())));
        return new Sample(values);
    }
}
