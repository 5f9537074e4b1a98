package dev.hapax.run;

import dev.hapax.learning.PictureFile;
import dev.hapax.measure.ClipJudge;
import dev.hapax.measure.Embedding;
import java.nio.file.Path;
import java.util.List;

/** Names what pictures show, for whoever did not say it. */
public final class ObjectNoun {
    private ObjectNoun() {}

    /**
     * The noun whose sentence CLIP finds nearest to the pictures: zero-shot classification (Radford et al. 2021, section
     * 3.1), the cosines of several pictures added up.
     *
     * @param judge folder of a CLIP, or of a model with both of its encoders
     * @param pictures files, and folders of files
     * @param template a sentence with {@code {}} for the noun, such as {@code a photo of a {}}
     * @param nouns to choose from, at least one
     * @throws dev.hapax.checkpoint.CheckpointException if a file cannot be read
     */
    public static String of(Path judge, List<Path> pictures, String template, List<String> nouns) {
        try (ClipJudge clip = ClipJudge.open(judge)) {
            List<Embedding> shown = PictureFile.readAll(pictures).stream()
                    .map(picture -> clip.of(picture.image()))
                    .toList();
            String best = nouns.get(0);
            double most = Double.NEGATIVE_INFINITY;
            for (String noun : nouns) {
                Embedding sentence = clip.of(template.replace("{}", noun));
                double near = shown.stream().mapToDouble(sentence::cosine).sum();
                if (near > most) {
                    most = near;
                    best = noun;
                }
            }
            return best;
        }
    }
}
