package dev.hapax.golden;

import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.prior.PriorTransformer;
import dev.hapax.prior.TextCondition;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.TextEncoding;
import java.nio.file.Path;
import java.util.List;

/** {@code concept.safetensors}: a learned word's row through text encoder and prior to a loss, and its gradient. */
final class PriorConceptGolden implements GoldenCheck {
    @Override
    public boolean covers(Path root, Path file) {
        return file.endsWith("golden/concept.safetensors");
    }

    @Override
    public void check(Path file, GoldenReport report) {
        try (Scope scope = Scope.open();
                ModelFolder folder = ModelFolder.open(file.getParent().getParent());
                SafetensorsFile golden = SafetensorsFile.open(file)) {
            ClipTextEncoder encoder =
                    ClipTextEncoder.of(folder.config("text_encoder"), folder.weights("text_encoder", DType.FLOAT32));
            PriorTransformer prior =
                    PriorTransformer.of(folder.config("prior"), folder.weights("prior", DType.FLOAT32));
            Tensor row = golden.tensor("row").copy().requiresGrad(true);
            TextEncoding text = encoder.encode(golden.tensor("input_ids"), row.unsqueeze(0), null);
            Tensor pooled = text.projected().orElseThrow();
            report.compare("text_embeds", pooled, golden.tensor("text_embeds"));
            TextCondition condition = new TextCondition(pooled, text.last(), golden.tensor("attention_mask"));
            Tensor noisy = golden.tensor("hidden_states");
            Tensor timestep = golden.tensor("timestep");
            compare("", prior.predict(noisy, timestep, condition), row, golden, report);
            compare(" remembered", prior.predict(noisy, timestep, prior.prefix(condition)), row, golden, report);
        }
    }

    private static void compare(String how, Tensor e, Tensor row, SafetensorsFile golden, GoldenReport report) {
        report.compare("e" + how, e, golden.tensor("e"));
        Tensor loss = loss(e, golden.tensor("targets"), golden.tensor("weights"));
        report.compare("loss" + how, loss, golden.tensor("loss"));
        Tensor gradient = Gradients.of(loss, Tensor.scalar(1).reshape(loss.shape()), List.of(row), true)
                .get(0); // the text is shared
        report.compare("grad.row" + how, gradient, golden.tensor("grad.row"));
    }

    /** Weighted cosines of e (b, width) to targets (k, width), and a pull towards zero; both as the file's doc says. */
    private static Tensor loss(Tensor e, Tensor targets, Tensor weights) {
        Tensor unit = e.over(e.norm(-1)); // (b, width)
        Tensor cosines = unit.matmul(targets.over(targets.norm(-1)).transpose(0, 1)); // (b, k)
        Tensor pull = e.square().sum().times(0.2 / e.size(1));
        return cosines.times(weights).sum().plus(pull);
    }
}
