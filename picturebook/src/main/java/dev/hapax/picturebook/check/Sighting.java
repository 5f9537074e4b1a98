package dev.hapax.picturebook.check;

import dev.hapax.picturebook.world.ColorName;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Pattern;

/**
 * A thing that the reader sees.
 *
 * @param kind what it is
 * @param score how sure the reader is of that, in [0, 1]
 * @param color its color
 * @param pattern its pattern
 * @param centerX the middle of its box; the picture runs from 0 to 1
 * @param centerY the middle of its box, downwards
 * @param width of its box
 * @param height of its box
 */
public record Sighting(
        Kind kind,
        double score,
        ColorName color,
        Pattern pattern,
        double centerX,
        double centerY,
        double width,
        double height) {}
