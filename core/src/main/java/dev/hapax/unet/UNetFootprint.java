package dev.hapax.unet;

import dev.hapax.attention.LayerChoice;
import dev.hapax.attention.Resolution;
import dev.hapax.nn.Conv2d;
import dev.hapax.nn.Footprint;
import dev.hapax.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * What a U-Net holds in a training step, block by block in the order in which they run. Gradients begin at the first
 * cross-attention where only text, keys and values move, and at the latents' first block otherwise.
 */
final class UNetFootprint {
    private final Resolution latents;
    private final long tokens;
    private final Moving moving;
    private final LayerChoice watched;
    private final List<Footprint> blocks = new ArrayList<>();
    private boolean differentiated;

    UNetFootprint(Resolution latents, long tokens, Moving moving, LayerChoice watched) {
        this.latents = latents;
        this.tokens = tokens;
        this.moving = moving;
        this.watched = watched;
        differentiated = moving.includes(Moving.ATTENTION);
    }

    List<Footprint> blocks() {
        return blocks;
    }

    private Resolution at(int level) {
        int divisor = 1 << level;
        return new Resolution((latents.height() + divisor - 1) / divisor, (latents.width() + divisor - 1) / divisor);
    }

    /** A residual block on this level, with a transformer behind it or none. */
    void add(ResnetBlock resnet, boolean joined, int level) {
        blocks.add(resnet.footprint(at(level).pixels(), joined, differentiated));
    }

    /** A transformer: its projections are never run twice. */
    void add(Transformer2D transformer, int level) {
        long pixels = at(level).pixels();
        long channels = transformer.norm().weight().elements();
        boolean later = differentiated;
        // its output; what the first projection reads, and the first block; what the last one reads
        long around = (channels + (later ? channels : 0) + 2 * channels) * pixels;
        blocks.add(new Footprint(around, 0, 2 * channels * pixels, transformer.projections()));
        for (TransformerBlock block : transformer.blocks()) {
            boolean seen = watched.includes(block.layer(), at(level));
            blocks.add(block.footprint(pixels, tokens, moving, seen, !differentiated));
            differentiated = true;
        }
    }

    /** A convolution between two resolutions, with what it reads if that was made for it. */
    void add(Conv2d conv, int level, boolean madeForIt) {
        long pixels = at(level).pixels();
        long out = conv.weight().size(0);
        long in = differentiated && madeForIt ? conv.weight().size(1) : 0;
        blocks.add(new Footprint((out + in) * pixels, 0, 2 * out * pixels, elements(conv)));
    }

    static long elements(Conv2d conv) {
        Tensor bias = conv.bias();
        return conv.weight().elements() + (bias == null ? 0 : bias.elements());
    }
}
