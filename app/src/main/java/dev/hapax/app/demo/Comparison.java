package dev.hapax.app.demo;

import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.measure.ClipJudge;
import dev.hapax.run.RunFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The ways of learning compared over many pictures: what the ablation of one picture cannot tell. */
public record Comparison(StableDiffusion model, ClipJudge judge, Effort effort, long seed) {

    /**
     * The means of one way of learning over all words of all pictures.
     *
     * @param row how it was learned
     * @param overlap of where words look with the truth
     * @param ownShare share of images nearer to their own crop
     * @param fidelity to the rest of the prompt
     * @param words how many words were measured
     */
    public record Mean(String row, double overlap, double ownShare, double fidelity, int words) {}

    /** Learns the words of every scene in every way, into folders of their own, and measures them. */
    public List<Mean> over(List<Long> scenes, Path out, Trial.Watcher watcher) {
        Map<String, List<WordScore>> scores = new LinkedHashMap<>();
        for (long number : scenes) {
            DemoScene scene = DemoScene.of(number, model.nativeSize().width());
            Trial trial = new Trial(model, judge, scene, seed, effort);
            Path folder = out.resolve("scene-" + number);
            Path picture = folder.resolve("picture.png");
            AtomicPicture.write(picture, scene.picture());
            for (DemoRow row : DemoPlan.ablation(scene.adjectives())) {
                RunFolder words = new RunFolder(folder.resolve(row.folderName()));
                Trial.Watcher named = (work, note) -> watcher.done(work, number + ", " + row.name() + ": " + note);
                trial.learn(row, picture, words, named);
                scores.computeIfAbsent(row.name(), name -> new ArrayList<>())
                        .addAll(trial.measure(words, picture, effort.judgedInAblation(), named)
                                .values());
            }
        }
        List<Mean> means = new ArrayList<>();
        scores.forEach((row, all) -> means.add(new Mean(
                row,
                mean(all, WordScore::overlap),
                mean(all, score -> score.leakage().ownShare()),
                mean(all, WordScore::fidelity),
                all.size())));
        return means;
    }

    private static double mean(List<WordScore> scores, ToDoubleFunction<WordScore> number) {
        return scores.stream().mapToDouble(number).average().orElseThrow();
    }
}
