package dev.hapax.run;

import dev.hapax.learning.StepReport;
import dev.hapax.learning.Trainer;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/**
 * A training whose numbers, states and words are kept while it runs.
 *
 * @param folder where
 * @param files of the words
 * @param options how often
 */
record KeptTraining(RunFolder folder, LearnedFiles files, Learning.Options options) {

    /**
     * Trains to the end.
     *
     * @param sample draws what there is, when it is time to
     * @param heard hears of every step, after what is kept of it
     */
    void run(Trainer<?> trainer, Consumer<StepReport> sample, ObjLongConsumer<Metric> heard) {
        try (MetricsLog log = MetricsLog.open(folder.metrics(), trainer.steps())) {
            trainer.run(report -> {
                Metric metric = Metric.of(report);
                log.add(metric);
                if (metric.step() % options.saveEvery() == 0 || metric.step() == report.steps()) {
                    log.flush();
                    new ResumePoint(folder).save(trainer);
                    files.saveWords(trainer);
                }
                if (options.sampleEvery() > 0 && metric.step() % options.sampleEvery() == 0) {
                    sample.accept(report);
                }
                heard.accept(metric, report.steps());
            });
        }
    }
}
