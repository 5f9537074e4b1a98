package dev.hapax.app.demo;

import dev.hapax.diffusion.GeneratedImage;
import dev.hapax.diffusion.ImageRequest;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.evaluation.protocol.LearnedSentence;
import dev.hapax.evaluation.protocol.PairScene;
import dev.hapax.evaluation.protocol.Variant;
import dev.hapax.learning.PictureFile;
import dev.hapax.measure.ClipJudge;
import dev.hapax.measure.HeatMap;
import dev.hapax.measure.Leakage;
import dev.hapax.run.LearnRequest;
import dev.hapax.run.Learning;
import dev.hapax.run.Metric;
import dev.hapax.run.MetricsLog;
import dev.hapax.run.Painter;
import dev.hapax.run.RunFolder;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * Learns the two words of a scene in one way and measures them.
 *
 * @param model learns and draws
 * @param judge compares images and texts
 * @param scene with the truth
 * @param seed of learning and drawing
 * @param effort how long to learn, and how finely to draw
 */
public record Trial(StableDiffusion model, ClipJudge judge, PairScene scene, long seed, Effort effort) {
    private static final int SHOWN = 8;

    /** Hears about the work, in calls of the U-Net; on any thread. */
    public interface Watcher {
        /** So much more is done. */
        void done(double work, String note);
    }

    /** Learns the words from the picture into a folder, and gives back the numbers of each step. */
    public List<Metric> learn(Variant row, Path picture, RunFolder folder, Watcher watcher) {
        LearnRequest request = new LearnRequest(
                List.of(picture),
                row.method(),
                row.regularisers(scene.adjectives()),
                scene.sentence(),
                PairScene.TEMPLATES,
                scene.words(),
                effort.pace(seed),
                OptionalInt.empty());
        Learning.Options options = new Learning.Options(
                Learning.Options.DEFAULT.saveEvery(), 0, Learning.isRun(folder.root())); // an interrupted demo goes on
        double[] left = {effort.workOfLearning()};
        new Learning(model, request, folder, InstantSource.system()).run(options, (metric, steps) -> {
            left[0] -= effort.workOfLearning() / steps;
            watcher.done(
                    effort.workOfLearning() / steps, String.format(Locale.ROOT, "learning, loss %.4f", metric.total()));
        });
        watcher.done(left[0], "learned");
        return MetricsLog.read(folder.metrics());
    }

    /** Measures the words that were learned into a folder, from so many images for each number. */
    public Map<String, WordScore> measure(RunFolder folder, Path picture, int images, Watcher watcher) {
        Map<String, WordScore> scores = new LinkedHashMap<>();
        try (Painter painter = Painter.open(model, List.of(folder.root()))) {
            String sentence = "a picture of " + LearnedSentence.of(scene.sentence(), painter.words(), PairScene.WORDS);
            Map<String, HeatMap> attention = painter.attention(PictureFile.read(picture), sentence, seed);
            for (String word : PairScene.WORDS) {
                HeatMap map = Objects.requireNonNull(attention.get(word));
                scores.put(word, score(word, map, painter, images, watcher));
            }
        }
        return scores;
    }

    private WordScore score(String word, HeatMap attention, Painter painter, int images, Watcher watcher) {
        List<BufferedImage> alone = paint(painter, DemoPlan.ALONE.replace("{}", word), images, watcher);
        Leakage leakage =
                Leakage.of(judge.of(alone), judge.of(scene.crop(word)), judge.of(scene.crop(PairScene.other(word))));
        List<BufferedImage> beach = paint(painter, DemoPlan.ON_A_BEACH.replace("{}", word), images, watcher);
        return new WordScore(
                word,
                attention,
                scene.mask(word),
                leakage,
                judge.of(onABeach(word)).meanCosine(judge.of(beach)),
                alone.subList(0, Math.min(SHOWN, alone.size())));
    }

    /** The fidelity that the ordinary nouns reach in the place of the words: what is possible. */
    public Map<String, Double> ordinaryFidelity(int images, Watcher watcher) {
        Map<String, Double> fidelities = new LinkedHashMap<>();
        try (Painter plain = Painter.open(model, List.of())) {
            for (String word : PairScene.WORDS) {
                List<BufferedImage> beach = paint(plain, onABeach(word), images, watcher);
                fidelities.put(word, judge.of(onABeach(word)).meanCosine(judge.of(beach)));
            }
        }
        return fidelities;
    }

    private String onABeach(String word) {
        return DemoPlan.ON_A_BEACH.replace("{}", scene.phrase(word));
    }

    private List<BufferedImage> paint(Painter painter, String prompt, int images, Watcher watcher) {
        return paint(painter, List.of(prompt), images, watcher).stream()
                .map(GeneratedImage::image)
                .toList();
    }

    /** So many images of each prompt, prompt after prompt. */
    List<GeneratedImage> paint(Painter painter, List<String> prompts, int each, Watcher watcher) {
        List<ImageRequest> requests = new ArrayList<>();
        for (String prompt : prompts) {
            for (int i = 0; i < each; i++) {
                requests.add(painter.request(prompt)
                        .withSeed(seed)
                        .withImages(i, 1)
                        .withSteps(effort.samplerSteps())
                        .withGuidance(effort.guidance()));
            }
        }
        List<GeneratedImage> images = new ArrayList<>();
        painter.paint(
                requests,
                (first, call, calls, step) -> watcher.done(effort.workOfImage() / calls, "painting"),
                images::add);
        return images;
    }
}
