package dev.hapax.unet;

import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Activation;
import dev.hapax.nn.Sinusoid;
import dev.hapax.nn.TimestepEmbedding;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Shape;
import dev.hapax.tensor.Tensor;
import java.util.List;

/** Embeds SDXL's added conditions to be added to the timestep's embedding (diffusers: {@code add_embedding}). */
record TextTimeEmbedding(Sinusoid sinusoid, TimestepEmbedding mlp, int inputWidth) {

    static TextTimeEmbedding of(Weights weights, TextTimeConfig config, TimeConfig time) {
        return new TextTimeEmbedding(
                new Sinusoid(config.numberWidth(), time.cosFirst(), time.shift()),
                TimestepEmbedding.of(weights, config.inputWidth(), time.width(), time.width(), Activation.SILU),
                config.inputWidth());
    }

    /** To (b, time width). */
    Tensor apply(AddedConditions.TextTime added, long batch) {
        Shape.require("time ids", added.timeIds().shape(), batch, -1);
        long numbers = added.timeIds().size(1);
        Shape.require("pooled text", added.pooledText().shape(), batch, inputWidth - numbers * sinusoid.width());
        DType dtype = mlp.linear1().weight().dtype();
        Tensor embedded = sinusoid.apply(added.timeIds().reshape(-1)).reshape(batch, -1); // (b, numbers * number width)
        return mlp.apply(Tensor.cat(List.of(added.pooledText().to(dtype), embedded.to(dtype)), 1));
    }
}
