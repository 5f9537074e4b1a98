package dev.hapax.evaluation.protocol;

import dev.hapax.measure.PixelMask;
import dev.hapax.picturebook.world.Background;
import dev.hapax.picturebook.world.Choices;
import dev.hapax.picturebook.world.ColorName;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Mask;
import dev.hapax.picturebook.world.Relation;
import dev.hapax.picturebook.world.Rendering;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.picturebook.world.Style;
import dev.hapax.picturebook.world.Thing;
import dev.hapax.picturebook.world.render.Renderer;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Things that are learned one by one and then put together: one word for each picture, all different. Drawn ones are of
 * ten kinds, after the ten concepts of Zhang et al. 2024 (Compositional Inversion): animals, furniture, vessels, toys, a
 * plant, a building.
 */
final class LearnedConcepts {
    private static final long FIRST_SCENE = 80_000_000;
    private static final List<Kind> KINDS = List.of(
            Kind.CAT,
            Kind.TEAPOT,
            Kind.CHAIR,
            Kind.BALL,
            Kind.FLOWER,
            Kind.DOG,
            Kind.TABLE,
            Kind.MUG,
            Kind.HOUSE,
            Kind.KITE);
    private static final Choices CHOICES = Choices.all()
            .singles()
            .withColors(EnumSet.complementOf(EnumSet.of(ColorName.WHITE, ColorName.GRAY)))
            .withBackgrounds(Set.of(Background.GRASS))
            .withStyles(Set.of(Style.PICTURE));

    private LearnedConcepts() {}

    /**
     * The first so many: of the user's pictures, otherwise of drawn scenes that nothing was developed or trained on.
     *
     * @throws IllegalArgumentException if a picture of the user's has several words, or two have the same
     */
    static List<Subject> of(Ground ground, int count) {
        if (ground.pictures().isEmpty()) {
            List<Subject> drawn = new ArrayList<>();
            for (int i = 0; i < Math.min(count, KINDS.size()); i++) {
                drawn.add(drawn(i, ground.size().width()));
            }
            return drawn;
        }
        List<Subject> all = new SubjectFolder(ground.pictures().get()).read();
        Set<String> words = new HashSet<>();
        for (Subject subject : all) {
            if (subject.words().size() != 1 || !words.add(subject.words().get(0))) {
                throw new IllegalArgumentException(
                        "each picture to be put together with others shows one word of its own,"
                                + " and " + subject.name() + " shows " + subject.words()
                                + "; write one word into its sentence that no other picture has");
            }
        }
        return all.subList(0, Math.min(count, all.size()));
    }

    private static Subject drawn(int index, int size) {
        Kind kind = KINDS.get(index);
        String word = "<" + (char) ('a' + index) + ">";
        Choices choices = CHOICES.withKinds(EnumSet.of(kind), EnumSet.of(kind));
        Scene scene = new SceneSampler().sample(FIRST_SCENE + index, choices);
        Rendering drawn = new Renderer().render(scene, size);
        return drawn("scene " + (FIRST_SCENE + index), scene, drawn, word, "a " + word + " " + kind.word());
    }

    /** A drawn scene of one thing, with a word for it. */
    static Subject drawn(String name, Scene scene, Rendering drawn, String word, String sentence) {
        Thing thing = scene.things().get(0);
        Mask mask = drawn.masks().get(0);
        int size = mask.size();
        Subject known = Subject.of(
                name,
                drawn.image(),
                sentence,
                Map.of(word, thing.kind().word()),
                Map.of(word, thing.look().color().word()),
                Map.of(word, PixelMask.of(size, size, p -> mask.at(p % size, p / size))));
        return of(known.name(), List.of(known), known.sentence(), Optional.of(scene));
    }

    /** Two of them together, which show no picture of both. */
    static Subject pair(Subject first, Subject second) {
        Optional<Scene> scene = first.scene().flatMap(one -> second.scene().map(other -> beside(one, other)));
        return of(first.name() + " and " + second.name(), List.of(first, second), "", scene);
    }

    private static Scene beside(Scene first, Scene second) {
        List<Thing> things = List.of(first.things().get(0), second.things().get(0));
        return new Scene(things, Relation.BESIDE, first.background(), first.style(), first.jitterSeed());
    }

    private static Subject of(String name, List<Subject> parts, String sentence, Optional<Scene> scene) {
        List<String> words = new ArrayList<>();
        List<BufferedImage> pictures = new ArrayList<>();
        Map<String, String> nouns = new LinkedHashMap<>();
        Map<String, String> adjectives = new LinkedHashMap<>();
        Map<String, List<BufferedImage>> crops = new LinkedHashMap<>();
        for (Subject part : parts) {
            words.addAll(part.words());
            pictures.addAll(part.pictures());
            nouns.putAll(part.nouns());
            adjectives.putAll(part.adjectives());
            crops.putAll(part.crops());
        }
        Map<String, PixelMask> truth = parts.size() == 1 ? parts.get(0).truth() : Map.of(); // of the first picture only
        return new Subject(name, words, pictures, sentence, nouns, adjectives, truth, crops, scene);
    }
}
