package dev.hapax.vision;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.tensor.Tensor;

/** Turns a picture into what an encoder reads. */
public interface ImageProcessor {

    /** A picture (RGB) as (1, 3, height, width), fp32; height and width are the processor's choice. */
    Tensor apply(Raster picture);

    /**
     * Reads {@code preprocessor_config.json} of any class that is known here: CLIP's, Bit's (the same steps), ViT's and
     * BLIP's (ViT's steps).
     *
     * @throws CheckpointException if the class is missing or unknown, or a step that it needs is switched off
     */
    static ImageProcessor of(Config config) {
        String type = config.text("image_processor_type", config.text("feature_extractor_type", ""));
        return switch (type.replaceFirst("Fast$", "")) {
            case "CLIPImageProcessor", "CLIPFeatureExtractor", "BitImageProcessor" -> ClipImageProcessor.of(config);
            case "ViTImageProcessor", "ViTFeatureExtractor" -> VitImageProcessor.of(config, Resampling.BILINEAR);
            case "BlipImageProcessor", "BlipFeatureExtractor" -> VitImageProcessor.of(config, Resampling.BICUBIC);
            default ->
                throw new CheckpointException(config.origin() + ": \"image_processor_type\" must be"
                        + " CLIPImageProcessor, BitImageProcessor, ViTImageProcessor or BlipImageProcessor, got \""
                        + type + "\"");
        };
    }
}
