package dev.hapax.prior;

import dev.hapax.tensor.DType;
import dev.hapax.tensor.LinearSystem;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;

/**
 * The image embedding as a linear function of the text's, fitted by ridge regression on pictures that a model drew for known
 * prompts, with X and Y their text and image embeddings less the means:
 *
 * <pre>  e = mean_image + (p - mean_text) (X'X + a I)^-1 X'Y.</pre>
 *
 * Our choice for models without a prior (decision 24). The weights live as long as this is open.
 */
public final class LinearPrior implements ImagePrior {
    private final Tensor textMean; // (1, text width)
    private final Tensor imageMean; // (1, width)
    private final Tensor map; // (text width, width)

    private LinearPrior(Tensor textMean, Tensor imageMean, Tensor map) {
        this.textMean = textMean.keep();
        this.imageMean = imageMean.keep();
        this.map = map.keep();
    }

    /**
     * Fits a prior.
     *
     * @param texts projected text embeddings of the prompts, (n, text width)
     * @param images image embeddings of what was drawn for them, (n, width)
     * @param ridge a, relative to the mean of X'X's diagonal; positive
     * @throws IllegalArgumentException if there are not as many texts as images, or fewer than two
     */
    public static LinearPrior fit(Tensor texts, Tensor images, double ridge) {
        long n = texts.size(0);
        if (n != images.size(0) || n < 2 || !(ridge > 0)) {
            throw new IllegalArgumentException("a linear prior is fitted on at least 2 texts, as many images and a"
                    + " positive ridge, got " + n + ", " + images.size(0) + " and " + ridge);
        }
        Tensor textMean = texts.to(DType.FLOAT64).mean(true, 0);
        Tensor imageMean = images.to(DType.FLOAT64).mean(true, 0);
        Tensor x = texts.to(DType.FLOAT64).minus(textMean); // (n, text width)
        Tensor y = images.to(DType.FLOAT64).minus(imageMean); // (n, width)
        Tensor gram = x.transpose(0, 1).matmul(x); // (text width, text width)
        long width = texts.size(1);
        Tensor unit =
                Tensor.range(width).unsqueeze(1).equal(Tensor.range(width)).to(DType.FLOAT64);
        double scale = ridge * gram.times(unit).sum().item() / width;
        Tensor map = LinearSystem.solve(
                gram.plus(unit.times(scale)), x.transpose(0, 1).matmul(y));
        return new LinearPrior(textMean.to(DType.FLOAT32), imageMean.to(DType.FLOAT32), map.to(DType.FLOAT32));
    }

    @Override
    public String purpose() {
        return "fitted on the model's own pictures: for a Stable Diffusion without a prior; always draws the same";
    }

    @Override
    public int width() {
        return (int) map.size(1);
    }

    @Override
    public Tensor draw(TextCondition text, Rng rng, long step) {
        return text.pooled().to(DType.FLOAT32).minus(textMean).matmul(map).plus(imageMean);
    }

    @Override
    public void close() {
        textMean.close();
        imageMean.close();
        map.close();
    }
}
