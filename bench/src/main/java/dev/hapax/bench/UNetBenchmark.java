package dev.hapax.bench;

import dev.hapax.attention.TextContext;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.Weights;
import dev.hapax.nn.Initializer;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Engine;
import dev.hapax.tensor.Functional;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.unet.UNet;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The frozen U-Net of Stable Diffusion 1.5 with random weights: GFLOP/s of its forward pass (512 px, batch 2) and of a
 * textual-inversion step (256 px, gradient of the text), beside the convolution and matrix-product peaks of the same run.
 *
 * <p>Usage: {@code UNetBenchmark [threads] [rounds]}. Sides are interleaved; medians are printed. Needs 8 GiB.
 */
public final class UNetBenchmark {
    private static final Rng RNG = new Rng(1);
    private static final List<Integer> CHANNELS = List.of(320, 640, 1280, 1280);

    private UNetBenchmark() {}

    /** Runs it. */
    public static void main(String[] args) {
        Engine.setThreads(args.length > 0 ? Integer.parseInt(args[0]) : 2);
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        Flops flops = new Flops(CHANNELS, 768, 77);
        for (DType dtype : List.of(DType.FLOAT32, DType.BFLOAT16)) {
            UNet unet = UNet.of(config(), Weights.of(new Cast(new Initializer(1), dtype)));
            double[][] rates = new double[4][rounds];
            for (int round = -1; round < rounds; round++) { // the first is for warming up
                double convolution = convolution(dtype);
                double product = product(dtype);
                double forward = 2 * flops.forward(64) / seconds(() -> forward(unet, dtype));
                double step = 2 * flops.forward(32) / seconds(() -> step(unet, dtype));
                if (round >= 0) {
                    rates[0][round] = convolution;
                    rates[1][round] = product;
                    rates[2][round] = forward;
                    rates[3][round] = step;
                }
            }
            double peak = Math.max(median(rates[0]), median(rates[1]));
            print(dtype, "convolution 320 -> 320, 64 x 64, batch 2", rates[0], peak);
            print(dtype, "matrix product 2048^3", rates[1], peak);
            print(dtype, "U-Net forward, 512 px, batch 2", rates[2], peak);
            print(dtype, "textual-inversion step, 256 px, batch 1", rates[3], peak);
        }
    }

    private static void print(DType dtype, String what, double[] rates, double peak) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.0f | %.0f %% |%n",
                dtype,
                what,
                median(rates) / 1e9,
                100 * median(rates) / peak);
    }

    private static void forward(UNet unet, DType dtype) {
        try (Gradients.Region off = Gradients.off()) {
            unet.predict(noise(dtype, 2, 4, 64, 64), time(), TextContext.of(noise(dtype, 2, 77, 768)));
        }
    }

    /** Forward and backward to the text; the weights are frozen, so backward costs as much as forward. */
    private static void step(UNet unet, DType dtype) {
        Tensor text = noise(dtype, 1, 77, 768).requiresGrad(true);
        Tensor predicted = unet.predict(noise(dtype, 1, 4, 32, 32), time(), TextContext.of(text));
        Gradients.of(predicted.to(DType.FLOAT32).square().mean(), List.of(text));
    }

    private static double convolution(DType dtype) {
        try (Scope scope = Scope.open();
                Gradients.Region off = Gradients.off()) {
            Tensor x = noise(dtype, 2, 320, 64, 64).channelsLast();
            Tensor w = noise(dtype, 320, 320, 3, 3).channelsLast();
            Functional.conv2d(x, w, null, 1, 1);
            return 2.0 * 2 * 320 * 320 * 9 * 64 * 64 / seconds(() -> Functional.conv2d(x, w, null, 1, 1));
        }
    }

    private static double product(DType dtype) {
        try (Scope scope = Scope.open();
                Gradients.Region off = Gradients.off()) {
            Tensor a = noise(dtype, 2048, 2048);
            a.matmul(a);
            return 2 * Math.pow(2048, 3) / seconds(() -> a.matmul(a));
        }
    }

    private static Tensor noise(DType dtype, long... shape) {
        return RNG.normal(Purpose.EVALUATION, 0, 0, shape).to(dtype);
    }

    private static Tensor time() {
        return Tensor.of(new long[] {500}, 1);
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        try (Scope scope = Scope.open()) {
            work.run();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static Config config() {
        return Config.of(Map.of(
                "attention_head_dim",
                8,
                "block_out_channels",
                CHANNELS,
                "cross_attention_dim",
                768,
                "down_block_types",
                List.of("CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"),
                "layers_per_block",
                2,
                "up_block_types",
                List.of("UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D")));
    }

    /** Fresh parameters in another type, kernels channels-last. */
    private record Cast(Initializer fresh, DType dtype) implements Weights.Source {
        @Override
        public boolean has(String name) {
            return true;
        }

        @Override
        public Tensor get(String name, long... shape) {
            try (Scope scope = Scope.open();
                    Tensor made = fresh.get(name, shape)) {
                Tensor cast = made.to(dtype);
                return (shape.length == 4 ? cast.channelsLast() : cast).copy().keep();
            }
        }

        @Override
        public Set<String> names() {
            return Set.of();
        }
    }
}
