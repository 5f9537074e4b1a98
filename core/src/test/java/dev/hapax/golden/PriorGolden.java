package dev.hapax.golden;

import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.prior.PriorTransformer;
import dev.hapax.prior.TextCondition;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;

/** {@code prior.safetensors}: predictions with and without a mask, post-processing, and gradients of every input. */
final class PriorGolden implements GoldenCheck {
    private static final String PREDICTION = "out.t";

    @Override
    public boolean covers(Path root, Path file) {
        return file.endsWith("golden/prior.safetensors");
    }

    @Override
    public void check(Path file, GoldenReport report) {
        try (Scope scope = Scope.open();
                ModelFolder folder = ModelFolder.open(file.getParent().getParent());
                SafetensorsFile golden = SafetensorsFile.open(file)) {
            PriorTransformer prior =
                    PriorTransformer.of(folder.config("prior"), folder.weights("prior", DType.FLOAT32));
            Tensor noisy = golden.tensor("hidden_states").copy().requiresGrad(true);
            Tensor text = golden.tensor("proj_embedding").copy().requiresGrad(true);
            Tensor states = golden.tensor("encoder_hidden_states").copy().requiresGrad(true);
            Tensor mask = golden.tensor("attention_mask");
            TextCondition masked = new TextCondition(text, states, mask);
            TextCondition open = new TextCondition(text, states, null);
            for (String name : golden.names()) {
                if (name.startsWith(PREDICTION)) {
                    report.compare(name, prior.predict(noisy, timestep(name), masked), golden.tensor(name));
                }
            }
            Tensor timestep = timestep("out.t500");
            Tensor unmasked = prior.predict(noisy, timestep, open);
            report.compare("out.nomask.t500", unmasked, golden.tensor("out.nomask.t500"));
            Tensor out = prior.predict(noisy, timestep, masked);
            report.compare("post.t500", prior.toImageEmbedding(out), golden.tensor("post.t500"));
            List<Tensor> inputs = List.of(noisy, text, states);
            List<Tensor> gradients = Gradients.of(out.times(golden.tensor("g")).sum(), inputs);
            List<String> names = List.of("hidden_states", "proj_embedding", "encoder_hidden_states");
            for (int i = 0; i < names.size(); i++) {
                String name = "grad." + names.get(i);
                report.compare(name, gradients.get(i), golden.tensor(name));
            }
        }
    }

    private static Tensor timestep(String name) {
        return Tensor.of(new long[] {Long.parseLong(name.substring(PREDICTION.length()))}, 1);
    }
}
