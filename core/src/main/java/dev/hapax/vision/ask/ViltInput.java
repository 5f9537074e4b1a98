package dev.hapax.vision.ask;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.Shape;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.TokenSequence;
import dev.hapax.vision.PictureBatch;

/**
 * Questions, each about one picture.
 *
 * @param pictures b of them
 * @param ids tokens of the questions, int64 (b, tokens)
 * @param segments for each token 0, or 1 in the second of two texts, int64 (b, tokens)
 * @param mask 1 for a token and 0 for padding, (b, tokens)
 */
public record ViltInput(PictureBatch pictures, Tensor ids, Tensor segments, Tensor mask) {

    /** Checks that the shapes belong together. */
    public ViltInput {
        Shape.require("ids", ids.shape(), pictures.pixels().size(0), -1);
        Shape.require("segments", segments.shape(), ids.shape());
        Shape.require("the mask of the tokens", mask.shape(), ids.shape());
    }

    /** One question about one picture. */
    public static ViltInput of(PictureBatch picture, TokenSequence question) {
        return new ViltInput(
                picture,
                Tensor.of(question.ids(), 1, question.length()),
                Tensor.of(question.segments(), 1, question.length()),
                Tensor.ones(DType.FLOAT32, 1, question.length()));
    }
}
