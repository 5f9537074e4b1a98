package dev.hapax.app.demo;

import dev.hapax.diffusion.GeneratedImage;
import dev.hapax.evaluation.protocol.PairScene;
import dev.hapax.evaluation.protocol.Variant;
import dev.hapax.run.Metric;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * All that a demo has to show.
 *
 * @param scene the picture and the truth about it
 * @param seed of learning and drawing
 * @param metrics of the learning, step by step
 * @param scores of the words, by word
 * @param ordinary the fidelity that the ordinary noun reaches in the place of each word
 * @param groups what was painted with them
 * @param rows other ways of learning and their scores; empty unless they were asked for
 * @param model the name of the model
 * @param modelHash of its weights
 * @param seconds how long everything took; empty if an interrupted demo went on
 */
public record DemoResult(
        PairScene scene,
        long seed,
        List<Metric> metrics,
        Map<String, WordScore> scores,
        Map<String, Double> ordinary,
        List<Group> groups,
        List<Row> rows,
        String model,
        String modelHash,
        OptionalDouble seconds) {

    /** Images under one heading. */
    public record Group(String heading, List<Painting> paintings) {}

    /** The images of one prompt. */
    public record Painting(String prompt, List<GeneratedImage> images) {}

    /** One row of the ablation. */
    public record Row(Variant row, Map<String, WordScore> scores) {}

    /** Copies the lists. */
    public DemoResult {
        metrics = List.copyOf(metrics);
        groups = List.copyOf(groups);
        rows = List.copyOf(rows);
    }
}
