package dev.hapax.golden;

import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.ClipImageProcessor;
import dev.hapax.vision.ClipVisionEncoder;
import dev.hapax.vision.ImageEncoding;
import dev.hapax.vision.Raster;
import java.nio.file.Path;
import java.util.List;

/** {@code vision.safetensors}: the CLIP image encoder of a pipeline and its image processor. */
final class VisionGolden implements GoldenCheck {
    @Override
    public boolean covers(Path root, Path file) {
        return file.getFileName().toString().equals("vision.safetensors");
    }

    @Override
    public void check(Path file, GoldenReport report) {
        try (Scope scope = Scope.open();
                SafetensorsFile golden = SafetensorsFile.open(file);
                ModelFolder folder = ModelFolder.open(file.getParent().getParent())) {
            Weights weights = folder.weights("image_encoder", DType.FLOAT32);
            ClipVisionEncoder encoder = ClipVisionEncoder.of(folder.config("image_encoder"), weights);
            report.exact("parameters nobody reads", new long[] {weights.unused().size()}, new long[1]);
            Tensor pixels = golden.tensor("pixel_values").copy().requiresGrad(true);
            ImageEncoding encoding = encoder.encode(pixels);
            report.compare("last_hidden_state", encoding.last(), golden.tensor("last_hidden_state"));
            report.compare("pooler_output", encoding.pooled(), golden.tensor("pooler_output"));
            report.compare("image_embeds", encoding.projected(), golden.tensor("image_embeds"));
            Tensor gradient = Gradients.of(encoding.projected(), golden.tensor("g"), List.of(pixels), false)
                    .get(0);
            report.compare("grad.pixels", gradient, golden.tensor("grad.pixels"));
            Tensor black = pixels.detach().zerosLike().narrow(0, 0, 1);
            report.compare("zero", encoder.encode(black).projected(), golden.tensor("zero"));
            ClipImageProcessor processor = ClipImageProcessor.of(folder.config("image_processor"));
            for (String name : golden.names()) {
                if (name.startsWith("proc.") && name.endsWith(".in")) {
                    String out = name.substring(0, name.length() - 2) + "out";
                    report.compare(out, processor.apply(raster(golden.tensor(name))), golden.tensor(out));
                }
            }
        }
    }

    /** A uint8 tensor (height, width, channels) or (height, width) as a picture. */
    static Raster raster(Tensor samples) {
        int channels = samples.rank() == 2 ? 1 : (int) samples.size(2);
        return new Raster((int) samples.size(1), (int) samples.size(0), channels, samples.toBytes());
    }
}
