package dev.hapax.picturebook.recipe;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Linear;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.vision.ClipModel;

/**
 * CLIP and four heads that are thrown away after training.
 *
 * @param clip both towers
 * @param patchKinds from a patch to what covers it: width to kinds and nothing
 * @param pictureKinds from a picture to what is in it: width to kinds
 * @param pictureSides from a picture to what is on its sides: width to {@link SideTruth#WIDTH}
 * @param captionSides the same from a token of its caption
 */
record TaughtClip(ClipModel clip, Linear patchKinds, Linear pictureKinds, Linear pictureSides, Linear captionSides) {
    static final int NOTHING = Kind.values().length;

    static TaughtClip of(Config config, Weights weights) {
        return new TaughtClip(
                ClipModel.of(config, weights),
                Linear.of(weights.at("patch_kinds"), ClipRecipe.WIDTH, NOTHING + 1L),
                Linear.of(weights.at("picture_kinds"), ClipRecipe.WIDTH, NOTHING),
                Linear.of(weights.at("picture_sides"), ClipRecipe.WIDTH, SideTruth.WIDTH),
                Linear.of(weights.at("caption_sides"), ClipRecipe.WIDTH, SideTruth.WIDTH));
    }
}
