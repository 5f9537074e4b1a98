package dev.hapax.vision.ask;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Conv2d;
import dev.hapax.nn.LayerNorm;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Shape;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.PictureBatch;
import dev.hapax.vision.PositionRule;
import dev.hapax.vision.PositionTable;
import dev.hapax.vision.VitLayer;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes one sequence of a question and a picture (Kim et al. 2021, section 3.1): words and patches, each with its place
 * and with what marks it as word or patch.
 *
 * @param words of the vocabulary, (vocabulary, width)
 * @param wordPositions (most tokens, width)
 * @param segments first and second text, (segments, width)
 * @param wordNorm of the sum of the three
 * @param patches cuts a picture up
 * @param classToken stands before the patches, (1, 1, width)
 * @param positions of patches
 * @param modalities row 0 is added to words, row 1 to patches, (modalities, width)
 * @param mostPatches of a picture that are read; 0 or less for all
 */
record ViltEmbeddings(
        Tensor words,
        Tensor wordPositions,
        Tensor segments,
        LayerNorm wordNorm,
        Conv2d patches,
        Tensor classToken,
        PositionTable positions,
        Tensor modalities,
        int mostPatches) {

    /**
     * Words and patches with the mask that tells them from padding.
     *
     * @param states (b, tokens + 1 + patches, width)
     * @param mask (b, tokens + 1 + patches), 1 or 0
     */
    record Sequence(Tensor states, Tensor mask) {}

    /** A picture's patches with places, and which of them are picture: (b, 1 + patches, width), (b, 1 + patches). */
    private record Patches(Tensor states, Tensor mask) {}

    static ViltEmbeddings of(Config config, Weights weights) {
        int width = config.integer("hidden_size");
        int patch = config.integer("patch_size");
        int side = config.integer("image_size") / patch;
        Weights text = weights.at("text_embeddings");
        return new ViltEmbeddings(
                text.get("word_embeddings.weight", config.integer("vocab_size"), width),
                text.get("position_embeddings.weight", config.integer("max_position_embeddings"), width),
                text.get("token_type_embeddings.weight", config.integer("type_vocab_size", 2), width),
                VitLayer.norm(config, text.at("LayerNorm")),
                Conv2d.of(
                        weights.at("patch_embeddings.projection"),
                        config.integer("num_channels", 3),
                        width,
                        patch,
                        patch,
                        0),
                weights.get("cls_token", 1, 1, width),
                new PositionTable(weights.get("position_embeddings", 1, 1L + side * side, width), side),
                weights.get("token_type_embeddings.weight", config.integer("modality_type_vocab_size", 2), width),
                config.integer("max_image_length", -1));
    }

    Sequence apply(ViltInput input) {
        Tensor asked = question(input.ids(), input.segments()).plus(modalities.select(0, 0));
        Patches seen = picture(input.pictures());
        Tensor shown = seen.states().plus(modalities.select(0, 1));
        return new Sequence(
                Tensor.cat(List.of(asked, shown), 1),
                Tensor.cat(List.of(input.mask().to(DType.FLOAT32), seen.mask()), 1));
    }

    /** Words with their places and segments, not yet marked as words: (b, tokens, width). */
    Tensor question(Tensor ids, Tensor segment) {
        if (ids.size(1) > wordPositions.size(0)) {
            throw new IllegalArgumentException("a question of " + ids.size(1) + " tokens is too long for a model of "
                    + wordPositions.size(0) + "; shorten it");
        }
        return wordNorm.apply(Functional.embedding(words, ids)
                .plus(Functional.embedding(segments, segment))
                .plus(wordPositions.narrow(0, 0, ids.size(1))));
    }

    /** The places of a picture's patches, without that of the class token: (1, rows * columns, width). */
    Tensor places(long rows, long columns) {
        return positions.at(rows, columns, PositionRule.CORNERS).narrow(1, 1, rows * columns);
    }

    private Patches picture(PictureBatch pictures) {
        Shape.require("pixels", pictures.pixels().shape(), -1, patches.weight().size(1), -1, -1);
        Tensor grid = patches.apply(pictures.pixels().to(classToken.dtype())); // (b, width, rows, columns)
        long batch = grid.size(0);
        long width = grid.size(1);
        Tensor mask = Functional.resizeNearest(
                        pictures.mask().to(DType.FLOAT32).unsqueeze(1), grid.size(2), grid.size(3))
                .squeeze(1); // (b, rows, columns)
        List<Tensor> placed = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
            placed.add(frame(mask.select(0, i), width));
        }
        Tensor cells =
                grid.plus(Tensor.cat(placed, 0)).reshape(batch, width, -1).transpose(1, 2);
        Tensor first = classToken.plus(positions.table().narrow(1, 0, 1)).expand(batch, 1, width);
        return new Patches(
                Tensor.cat(List.of(first, cells), 1),
                Tensor.cat(List.of(Tensor.ones(DType.FLOAT32, batch, 1), mask.reshape(batch, -1)), 1));
    }

    /** The places of the patches of one picture, zeros where the frame is not filled: (1, width, rows, columns). */
    private Tensor frame(Tensor mask, long width) {
        long rows = (long) mask.select(1, 0).sum().item();
        long columns = (long) mask.select(0, 0).sum().item();
        if (mostPatches > 0 && rows * columns > mostPatches) {
            throw new IllegalArgumentException(
                    "a picture of " + rows * columns + " patches is larger than the model's" + " max_image_length "
                            + mostPatches + ", beyond which patches are left out at random; set it to -1");
        }
        Tensor square = places(rows, columns).transpose(1, 2).reshape(1, width, rows, columns);
        return Functional.pad(square, 0, (int) (mask.size(1) - columns), 0, (int) (mask.size(0) - rows), 0);
    }
}
