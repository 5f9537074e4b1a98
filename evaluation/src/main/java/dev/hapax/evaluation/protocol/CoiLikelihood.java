package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.measure.Judges;
import dev.hapax.evaluation.measure.PresenceJudge;
import java.awt.image.BufferedImage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Whether an image shows the things that a prompt joins to a learned one: the CoI likelihood of Zhang et al. 2024
 * (Compositional Inversion), by each judge that can say.
 *
 * @param judges by the figure that each of them answers
 */
record CoiLikelihood(Map<Figure, PresenceJudge> judges) {

    /**
     * By CLIP, by the detector, and for drawn scenes by the attribute reader, which knows nothing of photographs.
     *
     * @param clip as a judge of this image
     * @param drawn whether the things are Picturebook's
     */
    static CoiLikelihood of(Judges judges, PresenceJudge clip, boolean drawn) {
        Map<Figure, PresenceJudge> all = new EnumMap<>(Figure.class);
        all.put(Figure.COI_CLIP, clip);
        judges.detector().ifPresent(detector -> all.put(Figure.COI_DETECTOR, detector));
        if (drawn) {
            judges.reader().ifPresent(reader -> all.put(Figure.COI_READER, reader));
        }
        return new CoiLikelihood(all);
    }

    /**
     * The share of the things that each judge sees; of judges that know these. Whoever does not know what was learned, as a
     * detector does not know every noun, is asked about the things alone.
     *
     * @param image to look at
     * @param named nouns of the other things that the prompt names
     * @param things whose presence is asked about, at least one
     */
    Map<Figure, Double> of(BufferedImage image, List<String> named, List<String> things) {
        List<String> all =
                Stream.concat(named.stream(), things.stream()).distinct().toList();
        Map<Figure, Double> shares = new EnumMap<>(Figure.class);
        judges.forEach((figure, judge) -> judge.present(image, all)
                .or(() -> judge.present(image, things))
                .ifPresent(seen -> shares.put(
                        figure, things.stream().filter(seen::contains).count() / (double) things.size())));
        return shares;
    }
}
