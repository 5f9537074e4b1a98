package dev.hapax.evaluation.category;

import dev.hapax.learning.PictureFile;
import dev.hapax.method.conceptlab.TextEmbeddings;
import dev.hapax.run.PriorModel;
import dev.hapax.vision.Raster;
import dev.hapax.vision.ask.Answer;
import dev.hapax.vision.ask.VocabularyRanking;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the known thing that fits pictures best, for a word to start from.
 *
 * @param towers see
 * @param picturebook whether the little model is asked, which knows few words
 */
public record Namer(PriorModel towers, boolean picturebook) {

    /**
     * The thing that fits all parents best: CLIP's shares, summed over the pictures.
     *
     * @param parents pictures, and folders of pictures
     */
    public String name(List<Path> parents) {
        List<String> things = Category.all(picturebook).values().stream()
                .filter(category -> !category.style())
                .flatMap(category -> category.members().stream())
                .distinct()
                .toList();
        Category thing = new Category("thing", List.of(), false);
        PriorModel.Vision vision = towers.requiredEyes();
        Map<String, Double> shares = new HashMap<>();
        try (TextEmbeddings names = towers.names();
                VocabularyRanking ranking = new VocabularyRanking(
                        vision.encoder(),
                        vision.processor(),
                        things,
                        word -> thing.contexts(picturebook).subList(0, 1).stream()
                                .map(context -> context.with(word))
                                .toList(),
                        names::of)) {
            for (PictureFile picture : PictureFile.readAll(parents)) {
                for (Answer answer : ranking.ask(Raster.of(picture.image()), "What is in this photo?")) {
                    shares.merge(answer.text(), answer.confidence(), Double::sum);
                }
            }
        }
        return shares.entrySet().stream()
                .max(Comparator.comparingDouble(Map.Entry::getValue))
                .orElseThrow()
                .getKey();
    }
}
