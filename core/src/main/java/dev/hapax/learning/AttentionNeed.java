package dev.hapax.learning;

import dev.hapax.attention.MapLevel;
import java.util.Optional;

/**
 * Which attention maps a loss reads.
 *
 * @param level at which resolution; empty for no maps, and the fused kernel runs
 * @param gradient whether gradients flow through them
 */
public record AttentionNeed(Optional<MapLevel> level, boolean gradient) {
    /** No maps. */
    public static final AttentionNeed NONE = new AttentionNeed(Optional.empty(), false);

    /** Maps without their history. */
    public static AttentionNeed values(MapLevel level) {
        return new AttentionNeed(Optional.of(level), false);
    }

    /** Maps through which gradients flow. */
    public static AttentionNeed gradient(MapLevel level) {
        return new AttentionNeed(Optional.of(level), true);
    }

    /**
     * The need that covers both.
     *
     * @throws IllegalArgumentException if they read maps of different levels
     */
    public AttentionNeed and(AttentionNeed other) {
        if (level.isPresent() && other.level.isPresent() && !level.equals(other.level)) {
            throw new IllegalArgumentException(
                    "losses read maps of one level in a pass, got " + level.get() + " and " + other.level.get());
        }
        return new AttentionNeed(level.or(() -> other.level), gradient || other.gradient);
    }
}
