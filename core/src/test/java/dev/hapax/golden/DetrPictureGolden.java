package dev.hapax.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.Normalization;
import dev.hapax.vision.PictureBatch;
import dev.hapax.vision.Raster;
import dev.hapax.vision.Resampling;
import dev.hapax.vision.detect.Box;
import dev.hapax.vision.detect.DetrImageProcessor;
import dev.hapax.vision.detect.DetrImageProcessor.Size;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code detr/golden/image_processor.safetensors}: pictures and COCO's annotations as DETR reads them.
 *
 * <p>The reference counts boxes in parts of the frame that holds the largest picture of the batch, where DETR's authors
 * and this library count in parts of the picture; so boxes are brought into the frame before they are compared.
 */
final class DetrPictureGolden implements GoldenCheck {
    @Override
    public boolean covers(Path root, Path file) {
        return root.relativize(file).equals(Path.of("detr", "golden", "image_processor.safetensors"));
    }

    @Override
    public void check(Path file, GoldenReport report) {
        try (Scope scope = Scope.open();
                SafetensorsFile golden = SafetensorsFile.open(file)) {
            DetrImageProcessor processor = DetrGolden.processor(file);
            List<Raster> pictures = new ArrayList<>();
            for (int i = 0; golden.names().contains("image." + i); i++) {
                pictures.add(VisionGolden.raster(golden.tensor("image." + i)));
            }
            PictureBatch batch = processor.apply(pictures);
            report.compare("pixel_values", batch.pixels(), golden.tensor("pixel_values"));
            report.compare("pixel_mask", batch.mask(), golden.tensor("pixel_mask"));
            JsonNode annotations = Config.parse(
                            "annotations", "{\"all\": " + golden.metadata().get("annotations") + "}")
                    .json()
                    .get("all");
            for (int i = 0; i < pictures.size(); i++) {
                Raster resized = processor.resize(pictures.get(i));
                report.exact(
                        "resized." + i,
                        bytes(resized),
                        golden.tensor("resized." + i).toLongs());
                truth(i, pictures.get(i), resized, batch, annotations.get(i).get("annotations"), golden, report);
            }
            sizes(golden, report);
        }
    }

    private static long[] bytes(Raster picture) {
        return Tensor.of(picture.samples(), picture.samples().length).toLongs();
    }

    private static void truth(
            int index,
            Raster picture,
            Raster resized,
            PictureBatch batch,
            JsonNode things,
            SafetensorsFile golden,
            GoldenReport report) {
        long frameHeight = batch.pixels().size(2);
        long frameWidth = batch.pixels().size(3);
        List<Double> boxes = new ArrayList<>();
        List<Double> areas = new ArrayList<>();
        List<Long> classes = new ArrayList<>();
        for (JsonNode thing : things) {
            JsonNode corner = thing.get("bbox");
            Box box = Box.ofCoco(
                    corner.get(0).asDouble(),
                    corner.get(1).asDouble(),
                    corner.get(2).asDouble(),
                    corner.get(3).asDouble(),
                    picture.width(),
                    picture.height());
            Box framed = box.times(resized.width() / (double) frameWidth, resized.height() / (double) frameHeight);
            boxes.addAll(List.of(framed.centreX(), framed.centreY(), framed.width(), framed.height()));
            areas.add(box.times(resized.width(), resized.height()).area());
            classes.add(thing.get("category_id").asLong());
        }
        String name = "label." + index + ".";
        report.compare(name + "boxes", DetrGolden.numbers(boxes, areas.size(), 4), golden.tensor(name + "boxes"));
        report.compare(name + "area", DetrGolden.numbers(areas, areas.size()), golden.tensor(name + "area"));
        report.exact(
                name + "class_labels",
                classes.stream().mapToLong(Long::longValue).toArray(),
                golden.tensor(name + "class_labels").toLongs());
        report.exact(
                name + "size",
                new long[] {frameHeight, frameWidth},
                golden.tensor(name + "size").toLongs());
        report.exact(
                name + "orig_size",
                new long[] {picture.height(), picture.width()},
                golden.tensor(name + "orig_size").toLongs());
    }

    private static void sizes(SafetensorsFile golden, GoldenReport report) {
        DetrImageProcessor published = new DetrImageProcessor(800, 1333, Resampling.BILINEAR, Normalization.IMAGE_NET);
        long[] in = golden.tensor("sizes.in").toLongs(); // height, width
        long[] out = new long[in.length];
        for (int i = 0; i < in.length; i += 2) {
            Size size = published.size(new Size((int) in[i + 1], (int) in[i]));
            out[i] = size.height();
            out[i + 1] = size.width();
        }
        report.exact(
                "sizes.out_800_1333", out, golden.tensor("sizes.out_800_1333").toLongs());
    }
}
