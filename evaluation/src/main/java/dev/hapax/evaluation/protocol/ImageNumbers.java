package dev.hapax.evaluation.protocol;

import dev.hapax.evaluation.measure.AttributeChange;
import dev.hapax.evaluation.measure.Judges;
import dev.hapax.evaluation.measure.PlainPrompt;
import dev.hapax.measure.Embedding;
import dev.hapax.measure.ImageAlignment;
import dev.hapax.measure.Leakage;
import dev.hapax.measure.Presence;
import dev.hapax.measure.TextAlignment;
import dev.hapax.picturebook.check.Reading;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Thing;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the judges say about one image. What cannot be measured, for want of a judge, a crop or a noun, is left out.
 *
 * @param judges look at it
 * @param subject what its words were learned from
 * @param prompt that it was drawn from
 * @param words those that stand in the prompt
 * @param things nouns of the other things of the prompt, or of all, whose presence is asked about; empty if nobody asks
 * @param candidates what presence chooses from
 */
record ImageNumbers(
        Judges judges, Subject subject, String prompt, List<String> words, List<String> things, Candidates candidates) {

    Map<Figure, Double> of(BufferedImage image) {
        Map<Figure, Double> numbers = new EnumMap<>(Figure.class);
        Map<String, Embedding> places = judges.places(image);
        Embedding clip = Objects.requireNonNull(places.get("clip"));
        TextAlignment text = TextAlignment.of(clip, judges.text(PlainPrompt.withNouns(prompt, words, subject.nouns())));
        numbers.put(Figure.TEXT, text.cosine());
        numbers.put(Figure.CLIP_SCORE, text.clipScore());
        numbers.put(
                Figure.TEXT_WITHOUT,
                clip.cosine(judges.text(PlainPrompt.without(prompt, words)).plain()));
        numbers.put(Figure.WHOLE, ImageAlignment.of(List.of(clip), places("clip", subject.pictures())));
        presence(clip).ifPresent(share -> numbers.put(Figure.PRESENT_CLIP, share));
        detected(image).ifPresent(likelihood -> numbers.put(Figure.PRESENT_DETECTOR, likelihood));
        if (!things.isEmpty()) {
            numbers.putAll(CoiLikelihood.of(
                            judges, candidates.judge(clip), subject.scene().isPresent())
                    .of(image, nouns(), things));
        }
        String word = words.get(0);
        boolean cropped = words.size() == 1 && subject.crops().containsKey(word);
        List<BufferedImage> references = cropped ? crops(word) : subject.pictures();
        if (cropped) {
            numbers.put(Figure.CROP, ImageAlignment.of(List.of(clip), places("clip", references)));
            leakage(clip, word, numbers);
        }
        if (places.containsKey("dino")) {
            numbers.put(Figure.DINO, alignment(places, "dino", references));
        }
        if (places.containsKey("reader")) {
            numbers.put(Figure.READER_SIMILARITY, alignment(places, "reader", references));
            read(image, numbers);
        }
        return numbers;
    }

    private double alignment(Map<String, Embedding> image, String judge, List<BufferedImage> references) {
        return ImageAlignment.of(List.of(Objects.requireNonNull(image.get(judge))), places(judge, references));
    }

    private List<Embedding> places(String judge, List<BufferedImage> pictures) {
        return pictures.stream()
                .map(picture -> Objects.requireNonNull(judges.reference(picture).get(judge)))
                .toList();
    }

    private List<BufferedImage> crops(String word) {
        return Objects.requireNonNull(subject.crops().get(word));
    }

    /** Each crop of another thing is compared for itself; the nearest is the one that may have leaked. */
    private void leakage(Embedding image, String word, Map<Figure, Double> numbers) {
        Optional<Embedding> other = subject.crops().keySet().stream()
                .filter(each -> !each.equals(word))
                .flatMap(each -> places("clip", crops(each)).stream())
                .max(Comparator.comparingDouble(image::cosine));
        Embedding own = places("clip", crops(word)).stream()
                .max(Comparator.comparingDouble(image::cosine))
                .orElseThrow();
        if (other.isPresent()) {
            Leakage leakage = Leakage.of(List.of(image), own, other.get());
            numbers.put(Figure.DRAWS_OWN, leakage.ownShare());
            numbers.put(Figure.OWN_CROP, leakage.own());
            numbers.put(Figure.OTHER_CROP, leakage.other());
        }
    }

    /** The nouns of the prompt's words, each once; fewer than words if some have none or share one. */
    private List<String> nouns() {
        return words.stream()
                .map(word -> subject.nouns().get(word))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private List<String> named() {
        return named(nouns(), things);
    }

    /** The nouns of all things that a prompt names, each once, those of its words first. */
    static List<String> named(List<String> nouns, List<String> things) {
        return Stream.concat(nouns.stream(), things.stream()).distinct().toList();
    }

    private Optional<Double> detected(BufferedImage image) {
        return judges.detector()
                .filter(judge -> nouns().size() == words.size() && judge.knows(named()))
                .map(judge -> judge.presence(image, named()));
    }

    private Optional<Double> presence(Embedding image) {
        return nouns().size() < words.size() || candidates.nouns().size() <= named().size()
                ? Optional.empty()
                : Optional.of(Presence.of(image, candidates.places(), named()));
    }

    private void read(BufferedImage image, Map<Figure, Double> numbers) {
        List<Thing> own = new ArrayList<>();
        words.forEach(word -> subject.thing(word).ifPresent(own::add));
        if (own.size() < words.size()) {
            return; // no drawn scene: the reader knows nothing of photographs
        }
        Reading reading = judges.reader().orElseThrow().read(image);
        Set<Kind> kinds = kinds(own, things);
        long seen = kinds.stream().filter(kind -> reading.of(kind).isPresent()).count();
        numbers.put(Figure.PRESENT_READER, seen / (double) kinds.size());
        if (own.size() == 1) {
            var scene = subject.scene().orElseThrow();
            AttributeChange change = AttributeChange.of(own.get(0), scene.style(), scene.background(), reading);
            numbers.put(Figure.KIND_CHANGED, share(change.kind()));
            numbers.put(Figure.COLOR_CHANGED, share(change.color()));
            numbers.put(Figure.PATTERN_CHANGED, share(change.pattern()));
            numbers.put(Figure.STYLE_CHANGED, share(change.style()));
            numbers.put(Figure.PLACE_CHANGED, share(change.place()));
        }
    }

    /** Those of learned things and of others that are asked for. */
    static Set<Kind> kinds(List<Thing> own, List<String> things) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        own.forEach(thing -> kinds.add(thing.kind()));
        Arrays.stream(Kind.values())
                .filter(kind -> things.contains(kind.word()))
                .forEach(kinds::add);
        return kinds;
    }

    private static double share(boolean changed) {
        return changed ? 1 : 0;
    }
}
