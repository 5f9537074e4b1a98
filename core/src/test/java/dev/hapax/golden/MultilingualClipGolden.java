package dev.hapax.golden;

import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.MultilingualClip;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** {@code mclip.safetensors}: the text encoder of Kandinsky 2.1. */
final class MultilingualClipGolden implements GoldenCheck {
    @Override
    public boolean covers(Path root, Path file) {
        return file.endsWith("golden/mclip.safetensors");
    }

    @Override
    public void check(Path file, GoldenReport report) {
        try (Scope scope = Scope.open();
                ModelFolder folder = ModelFolder.open(file.getParent().getParent());
                SafetensorsFile golden = SafetensorsFile.open(file)) {
            Weights weights = folder.weights("text_encoder", DType.FLOAT32);
            MultilingualClip encoder = MultilingualClip.of(folder.config("text_encoder"), weights);
            Set<String> pooler = Set.of("transformer.pooler.dense.bias", "transformer.pooler.dense.weight");
            report.exact(
                    "parameters nobody reads: " + weights.unused(),
                    new long[] {pooler.containsAll(weights.unused()) ? 0 : 1},
                    new long[1]);
            Tensor mask = golden.tensor("attention_mask").to(DType.FLOAT32);
            MultilingualClip.Encoding encoding = encoder.encode(golden.tensor("input_ids"), mask);
            report.all(
                    Map.of("embs", encoding.states(), "proj", encoding.projected()),
                    golden,
                    Set.of("input_ids", "attention_mask"));
        }
    }
}
