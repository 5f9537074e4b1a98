package dev.hapax.evaluation.category;

import dev.hapax.method.conceptlab.Context;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Style;
import dev.hapax.run.TextLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a new thing may belong to.
 *
 * @param noun as it stands behind an article
 * @param members what is known of it
 * @param style whether it is a way to draw and not a thing
 */
public record Category(String noun, List<String> members, boolean style) {
    /** What a style is called on the command line. */
    private static final String STYLE = "style";

    /** Members that come to mind first; for models that know the world. Our choice. */
    private static final Map<String, List<String>> COMMON = Map.of(
            "pet",
                    words(
                            "cat dog rabbit hamster parrot goldfish turtle lizard snake horse guinea_pig mouse ferret frog"),
            "plant", words("tree flower cactus fern mushroom grass bush ivy palm rose tulip bamboo succulent moss"),
            "fruit", words("apple banana orange strawberry grape pear pineapple kiwi mango lemon cherry peach melon"),
            "furniture", words("chair table bed sofa closet lamp desk shelf cabinet stool bench dresser armchair"),
            "musical instrument", words("guitar piano violin drum flute trumpet saxophone harp cello accordion banjo"),
            "vehicle", words("car boat bicycle motorcycle truck bus train airplane helicopter tractor scooter"),
            "building", words("house tower church castle skyscraper barn cottage temple lighthouse factory hut"),
            "art", words("painting watercolor sketch mosaic graffiti cartoon cubism impressionism pop_art collage"));

    /** The categories of Picturebook or of the wide world, by what they are called on the command line. */
    public static Map<String, Category> all(boolean picturebook) {
        Map<String, Category> all = new LinkedHashMap<>();
        if (picturebook) {
            for (dev.hapax.picturebook.world.Category own : dev.hapax.picturebook.world.Category.values()) {
                List<String> members = Arrays.stream(Kind.values())
                        .filter(kind -> kind.category() == own)
                        .map(Kind::word)
                        .toList();
                all.put(own.name().toLowerCase(Locale.ROOT), new Category(own.noun(), members, false));
            }
            all.put(
                    STYLE,
                    new Category(
                            "drawing",
                            Arrays.stream(Style.values()).map(Style::noun).toList(),
                            true));
            return all;
        }
        COMMON.keySet().stream()
                .sorted()
                .forEach(name ->
                        all.put(name, new Category(name, COMMON.getOrDefault(name, List.of()), name.equals("art"))));
        return all;
    }

    /**
     * The category of a name.
     *
     * @param picturebook whether the little model is asked, which knows few words
     * @param file its members, one on each line; null for those that are known
     * @throws IllegalArgumentException naming those that are known, if it is none of them and no members are given
     */
    public static Category named(String name, boolean picturebook, @Nullable Path file) {
        Map<String, Category> all = all(picturebook);
        String plain = name.strip().toLowerCase(Locale.ROOT);
        Optional<Category> known = all.entrySet().stream()
                .filter(each ->
                        each.getKey().equals(plain) || each.getValue().noun().equals(plain))
                .map(Map.Entry::getValue)
                .findFirst();
        if (file != null) {
            List<String> members = TextLines.of(file, "member").stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            return new Category(
                    known.map(Category::noun).orElse(plain),
                    members,
                    known.map(Category::style).orElse(false));
        }
        return known.orElseThrow(() -> new IllegalArgumentException("the category \"" + name
                + "\" is unknown; known are " + String.join(", ", all.keySet())
                + (picturebook ? "" : "; of others give the members with --members FILE, one on each line")));
    }

    /** Things of other categories. */
    public List<String> unrelated(boolean picturebook) {
        return all(picturebook).values().stream()
                .filter(other -> other.style() == style && !other.noun().equals(noun))
                .map(Category::noun)
                .toList();
    }

    /** What words of it are put into while they are learned. */
    public List<Context> contexts(boolean picturebook) {
        if (!picturebook) {
            return style ? Context.styles() : Context.things();
        }
        return style ? PicturebookContexts.styles() : PicturebookContexts.things();
    }

    /** What is drawn to see a word of it; the first is asked about. */
    public List<Context> look(boolean picturebook) {
        if (style) {
            return picturebook
                    ? contexts(true).subList(0, 3)
                    : List.of(
                            Context.of("a painting of a horse and a barn in a valley in the style of {}"),
                            Context.of("a painting of a dog in the style of {}"),
                            Context.of("a painting of a fruit bowl in the style of {}"));
        }
        return picturebook
                ? PicturebookContexts.look()
                : List.of(
                        Context.of("professional high-quality art of a {}, photorealistic, 4k, HQ"),
                        Context.of("a photo of a {}"),
                        Context.of("an oil painting of a {}"));
    }

    /** A plain picture of a word of it, by which it becomes a parent. */
    public Context portrait(boolean picturebook) {
        return picturebook ? look(true).get(0) : Context.of("a photo of a {}");
    }

    /**
     * What a person would be asked who sees the first {@linkplain #look picture} (authors' {@code coach.py}). About a style
     * it names the content, so that the answer does not.
     */
    public String question(boolean picturebook) {
        if (!style) {
            return "What kind of " + noun + " is in this photo?";
        }
        return "What art style was used in this photo of "
                + (picturebook ? look(true).get(0).plain() : "a horse and a barn") + "?";
    }

    private static List<String> words(String list) {
        List<String> words = new ArrayList<>();
        for (String word : list.split(" ")) {
            words.add(word.replace('_', ' '));
        }
        return words;
    }
}
