package dev.hapax.bench;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Floating-point operations of one forward pass of a Stable Diffusion 1.x U-Net: two for each multiply-add of
 * convolutions, linear layers and attention; norms and activations are not counted.
 *
 * @param channels of each resolution
 * @param textWidth width of the text
 * @param tokens of the text
 */
record Flops(List<Integer> channels, int textWidth, int tokens) {
    private static final int LAYERS = 2;

    /** For one sample of {@code side} x {@code side} latents. */
    double forward(int side) {
        double sum = conv(4, channels.get(0), side, 3);
        Deque<Integer> skips = new ArrayDeque<>(List.of(channels.get(0)));
        int in = channels.get(0);
        int last = channels.size() - 1;
        for (int i = 0; i <= last; i++) {
            for (int layer = 0; layer < LAYERS; layer++) {
                sum += resnet(in, channels.get(i), side) + (i < last ? transformer(channels.get(i), side) : 0);
                in = channels.get(i);
                skips.push(in);
            }
            if (i < last) {
                side /= 2;
                sum += conv(in, in, side, 3);
                skips.push(in);
            }
        }
        sum += 2 * resnet(in, in, side) + transformer(in, side);
        for (int i = last; i >= 0; i--) {
            for (int layer = 0; layer <= LAYERS; layer++) {
                sum += resnet(in + skips.pop(), channels.get(i), side)
                        + (i < last ? transformer(channels.get(i), side) : 0);
                in = channels.get(i);
            }
            if (i > 0) {
                side *= 2;
                sum += conv(in, in, side, 3);
            }
        }
        return sum + conv(in, 4, side, 3);
    }

    private static double conv(int in, int out, int side, int kernel) {
        return 2.0 * in * out * kernel * kernel * side * side;
    }

    private double resnet(int in, int out, int side) {
        double time = 2.0 * 4 * channels.get(0) * out;
        return conv(in, out, side, 3) + conv(out, out, side, 3) + (in == out ? 0 : conv(in, out, side, 1)) + time;
    }

    private double transformer(int c, int side) {
        double pixels = (double) side * side;
        double projections = 2 * 2 * pixels * c * c; // in and out
        double self = 4 * 2 * pixels * c * c + 4 * pixels * pixels * c;
        double cross = 2 * 2 * pixels * c * c + 2 * 2.0 * tokens * textWidth * c + 4 * pixels * tokens * c;
        double feedForward = 2 * pixels * c * (8.0 * c) + 2 * pixels * 4.0 * c * c; // GEGLU
        return projections + self + cross + feedForward;
    }
}
