package dev.hapax.golden;

import java.util.List;

/** Every check there is. Add yours here, one per line, sorted by name. */
final class GoldenChecks {
    static final List<GoldenCheck> ALL = List.of(
            new Blip2Golden(),
            new BlipGolden(),
            new ClipGolden(),
            new ClipTokensGolden(),
            new ClipTrainGolden(),
            new CustomDiffusionGolden(),
            new DetrGolden(),
            new DetrLossGolden(),
            new DetrPictureGolden(),
            new DinoGolden(),
            new ImageToImageGolden(),
            new InpaintGolden(),
            new KandinskyPipeGolden(),
            new KandinskyUNetGolden(),
            new LoraGolden(),
            new MovqGolden(),
            new MultilingualClipGolden(),
            new NoiseScheduleGolden(),
            new OpsGolden(),
            new PipelineGolden(),
            new PretrainedTokenizerGolden(),
            new PriorConceptGolden(),
            new PriorGolden(),
            new PriorPipeGolden(),
            new ResizeGolden(),
            new SchedulerGolden(),
            new TextGolden(),
            new TextualInversionGolden(),
            new UNetGolden(),
            new UNetTrainGolden(),
            new VaeGolden(),
            new ViltGolden(),
            new VisionGolden());

    private GoldenChecks() {}
}
