package dev.hapax.evaluation.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.hapax.picturebook.check.Reading;
import dev.hapax.picturebook.check.Sighting;
import dev.hapax.picturebook.world.Background;
import dev.hapax.picturebook.world.Choices;
import dev.hapax.picturebook.world.ColorName;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Pattern;
import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.picturebook.world.Style;
import dev.hapax.picturebook.world.Thing;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AttributeChangeTest {
    private static final Thing RED_CAT = new SceneSampler()
            .thing(
                    1,
                    Choices.all()
                            .withKinds(Set.of(Kind.CAT), Set.of(Kind.CAT))
                            .withColors(Set.of(ColorName.RED))
                            .withPatterns(Set.of(Pattern.STRIPED)));

    private static Sighting sighting(Kind kind, ColorName color, Pattern pattern) {
        return new Sighting(kind, 0.9, color, pattern, 0.5, 0.5, 0.2, 0.2);
    }

    private static AttributeChange change(Style style, Background place, Sighting... seen) {
        return AttributeChange.of(RED_CAT, Style.PICTURE, Background.GRASS, new Reading(style, place, List.of(seen)));
    }

    @Test
    void theSameThingHasNotChanged() {
        assertEquals(
                new AttributeChange(false, false, false, false, false),
                change(
                        Style.PICTURE,
                        Background.GRASS,
                        sighting(Kind.BALL, ColorName.BLUE, Pattern.PLAIN), // surer, and another kind
                        sighting(Kind.CAT, ColorName.RED, Pattern.STRIPED)));
    }

    @Test
    void eachAttributeIsComparedForItself() {
        assertEquals(
                new AttributeChange(false, true, false, true, false),
                change(Style.SKETCH, Background.GRASS, sighting(Kind.CAT, ColorName.PINK, Pattern.STRIPED)));
        assertEquals(
                new AttributeChange(true, false, true, false, true),
                change(Style.PICTURE, Background.BEACH, sighting(Kind.DOG, ColorName.RED, Pattern.PLAIN)));
    }

    @Test
    void whatIsNotSeenHasChanged() {
        assertEquals(new AttributeChange(true, true, true, false, false), change(Style.PICTURE, Background.GRASS));
    }
}
