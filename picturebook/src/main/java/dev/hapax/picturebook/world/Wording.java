package dev.hapax.picturebook.world;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** The English that captions are made of: for every meaning one or more ways to say it, the plainest first. */
final class Wording {

    /** Words no caption uses but a reader may well type. */
    private static final String ALSO =
            "the one two three my your our his her this that it is are with and or in on at of by for "
                    + "from to into near not no little small big large tiny tall short long round new old same "
                    + "other cute happy sad funny pretty nice soft bright dark light pale deep sleeping sitting "
                    + "standing rolling flying swimming running growing looking red blue toy car game sun moon "
                    + "star stars sky sea water sand beach grass snow rain garden forest street city house home "
                    + "wall floor window door day morning evening photo image picture painting drawing art style "
                    + "design pattern print poster page book card bow heart hat eye eyes ear ears face tail leg "
                    + "legs wing roof handle lid sail wheel petal leaf leaves black gold silver colors color "
                    + "colored dots stripes squares kitten puppy bunny cup pot ship bike child friend family "
                    + "animal thing things object word words left right top bottom middle between behind front up "
                    + "down here there very quite made glass paper wood stone tiles pencil ink glowing wooden";

    private Wording() {}

    static String withArticle(String noun) {
        return ("aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ") + noun;
    }

    /** How a caption may begin; the empty string is for naming no style at all. */
    static List<String> openings(Style style) {
        return switch (style) {
            case PICTURE -> List.of("a picture of ", "a drawing of ", "an image of ", "");
            case SKETCH -> List.of("a sketch of ", "a pencil sketch of ", "a drawing of ", "");
            case MOSAIC -> List.of("a mosaic of ", "a tile mosaic of ", "an image of ", "");
            case NEON -> List.of("a neon sign of ", "a neon drawing of ", "an image of ", "");
            case WATERCOLOR -> List.of("a watercolor of ", "a watercolor painting of ", "a painting of ", "");
        };
    }

    /** How a caption may name a relation, true to the scene but not always as precise. */
    static List<String> links(Relation relation) {
        return switch (relation) {
            case ALONE -> List.of("");
            case LEFT_OF -> List.of(relation.words(), "to the left of", "beside", "next to", "and");
            case RIGHT_OF -> List.of(relation.words(), "to the right of", "beside", "next to", "and");
            case ABOVE -> List.of(relation.words(), "over", "and");
            case BELOW -> List.of(relation.words(), "under", "and");
            case BESIDE -> List.of(relation.words(), "next to", "and");
        };
    }

    /** How a caption may end; the empty string is for naming no place at all. */
    static List<String> endings(Background background) {
        return switch (background) {
            case PLAIN -> List.of(" on a plain background", "");
            case GRASS -> List.of(" on grass", " on the grass", " in a meadow", "");
            case BEACH -> List.of(" on a beach", " on the beach", " by the sea", "");
            case NIGHT -> List.of(" at night", " in the night", "");
            case ROOM -> List.of(" in a room", " in the room", " indoors", "");
        };
    }

    static Set<String> vocabulary() {
        Stream<String> phrases = Stream.of(
                        all(Style.values(), Wording::openings),
                        all(Relation.values(), Wording::links),
                        all(Background.values(), Wording::endings),
                        Arrays.stream(Kind.values()).map(Kind::word),
                        Arrays.stream(Category.values()).map(Category::phrase),
                        Arrays.stream(ColorName.values()).map(ColorName::word),
                        Arrays.stream(Pattern.values()).map(Pattern::word),
                        Stream.of(ALSO))
                .flatMap(phrase -> phrase);
        Set<String> words = new TreeSet<>();
        phrases.flatMap(phrase -> Arrays.stream(phrase.trim().split(" ")))
                .filter(word -> !word.isEmpty())
                .forEach(words::add);
        return words;
    }

    private static <E> Stream<String> all(E[] meanings, Function<E, List<String>> ways) {
        return Arrays.stream(meanings).map(ways).flatMap(Collection::stream);
    }
}
