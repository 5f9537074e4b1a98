package dev.hapax.evaluation.measure;

import dev.hapax.picturebook.check.Reading;
import dev.hapax.picturebook.check.Sighting;
import dev.hapax.picturebook.world.Background;
import dev.hapax.picturebook.world.Style;
import dev.hapax.picturebook.world.Thing;
import java.util.Optional;

/**
 * Which attributes of an image of one thing differ from those of the picture that the thing was learned from, as
 * Picturebook's attribute reader sees them. A prompt that asks for another style should change the style and nothing else;
 * over many images the shares of changes, one line for each wish and one column for each attribute, are the attribute
 * matrix.
 *
 * <p>Color and pattern are read from the thing of the learned kind, otherwise from the thing that is seen most surely;
 * where nothing is seen, kind, color and pattern count as changed. Our choice.
 *
 * @param kind whether there is nothing of the thing's kind
 * @param color whether its color is another
 * @param pattern whether its pattern is another
 * @param style whether the image is drawn in another style
 * @param place whether it takes place before another background
 */
public record AttributeChange(boolean kind, boolean color, boolean pattern, boolean style, boolean place) {

    /**
     * Compares an image with the picture.
     *
     * @param thing as it was in the picture
     * @param style of the picture
     * @param place of the picture
     * @param image what the reader sees in the image
     */
    public static AttributeChange of(Thing thing, Style style, Background place, Reading image) {
        Optional<Sighting> own = image.of(thing.kind());
        Optional<Sighting> seen = own.or(() -> image.sightings().stream().findFirst());
        return new AttributeChange(
                own.isEmpty(),
                seen.filter(s -> s.color() == thing.look().color()).isEmpty(),
                seen.filter(s -> s.pattern() == thing.look().pattern()).isEmpty(),
                image.style() != style,
                image.background() != place);
    }
}
