package dev.hapax.golden;

import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.Raster;
import dev.hapax.vision.Resampling;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ops/resize.safetensors}: Pillow's resampling, sample for sample. */
final class ResizeGolden implements GoldenCheck {
    private static final Pattern RESIZE = Pattern.compile("(nearest|box|bilinear|bicubic|lanczos)_(L_)?(\\d+)x(\\d+)");

    @Override
    public boolean covers(Path root, Path file) {
        return file.getFileName().toString().equals("resize.safetensors");
    }

    @Override
    public void check(Path file, GoldenReport report) {
        try (Scope scope = Scope.open();
                SafetensorsFile golden = SafetensorsFile.open(file)) {
            Raster colour = VisionGolden.raster(golden.tensor("in"));
            for (String name : golden.names()) {
                Matcher matcher = RESIZE.matcher(name);
                if (matcher.matches()) {
                    Raster from = matcher.group(2) == null ? colour : VisionGolden.raster(golden.tensor("L"));
                    Resampling filter = Resampling.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
                    exact(
                            report,
                            name,
                            from.resize(Integer.parseInt(matcher.group(3)), Integer.parseInt(matcher.group(4)), filter),
                            golden.tensor(name));
                } else if (name.equals("flip")) {
                    exact(report, name, colour.mirrored(), golden.tensor(name));
                } else if (name.equals("crop")) {
                    exact(report, name, colour.centreSquare(), golden.tensor(name));
                }
            }
        }
    }

    private static void exact(GoldenReport report, String name, Raster ours, Tensor reference) {
        report.exact(name + " height and width", new long[] {ours.height(), ours.width()}, new long[] {
            reference.size(0), reference.size(1)
        });
        long[] samples = Tensor.of(ours.samples(), ours.samples().length).toLongs();
        report.exact(name, samples, reference.toLongs());
    }
}
