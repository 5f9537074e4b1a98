package dev.hapax.golden;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.ask.Blip2;
import dev.hapax.vision.ask.GreedyDecoding;
import dev.hapax.vision.ask.Opt;
import dev.hapax.vision.ask.T5;
import dev.hapax.vision.ask.Written;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code blip2.safetensors} and {@code blip2_opt.safetensors}: BLIP-2 from pixels to what T5 and OPT write. */
final class Blip2Golden implements GoldenCheck {
    private static final Set<String> INPUTS =
            Set.of("pixel_values", "input_ids", "attention_mask", "decoder_input_ids");
    private static final int TOKENS = 8; // by the file's documentation

    @Override
    public boolean covers(Path root, Path file) {
        return file.endsWith("golden/blip2.safetensors") || file.endsWith("golden/blip2_opt.safetensors");
    }

    @Override
    public void check(Path file, GoldenReport report) {
        try (Scope scope = Scope.open();
                SafetensorsFile golden = SafetensorsFile.open(file);
                ModelFolder folder = ModelFolder.open(file.getParent().getParent())) {
            Weights weights = folder.weights(ModelFolder.ROOT, DType.FLOAT32);
            Blip2 model = Blip2.of(folder.config(ModelFolder.ROOT), weights);
            report.exact(
                    "parameters nobody reads: " + weights.unused(),
                    new long[] {weights.unused().size()},
                    new long[1]);
            Map<String, Tensor> ours = new HashMap<>();
            Tensor image = model.image(golden.tensor("pixel_values"));
            Tensor taken = model.taken(image);
            Tensor projected = model.projected(taken);
            ours.put("vision", image);
            ours.put("qformer", taken);
            Tensor prompt = model.prompt(golden.tensor("input_ids"), projected);
            GreedyDecoding decoding =
                    GreedyDecoding.of(Config.read(folder.root().resolve("generation_config.json")), TOKENS, 1, 0);
            if (model.language() instanceof T5 t5) {
                t5(t5, prompt, golden, decoding, ours);
            } else if (model.language() instanceof Opt opt) {
                ours.put("projected", projected);
                opt(opt, model, prompt, golden, decoding, ours);
            }
            report.all(ours, golden, INPUTS);
        }
    }

    private static void t5(
            T5 t5, Tensor prompt, SafetensorsFile golden, GreedyDecoding decoding, Map<String, Tensor> ours) {
        Tensor mask = golden.tensor("attention_mask").to(DType.FLOAT32);
        Tensor ids = golden.tensor("decoder_input_ids");
        ours.put("logits", t5.logits(ids, t5.read(prompt, mask), mask));
        Tensor start = ids.narrow(1, 0, 1);
        ours.put("gen", Tensor.cat(List.of(start, written(t5.write(prompt, mask, decoding))), 1));
    }

    private static void opt(
            Opt opt,
            Blip2 model,
            Tensor prompt,
            SafetensorsFile golden,
            GreedyDecoding decoding,
            Map<String, Tensor> ours) {
        Tensor mask = golden.tensor("attention_mask").to(DType.FLOAT32);
        Tensor ids = golden.tensor("input_ids");
        long tokens = ids.size(1);
        Tensor logits = opt.logits(prompt, mask);
        ours.put("logits", logits.narrow(1, tokens - golden.shape("logits")[1], golden.shape("logits")[1]));
        ours.put("logits.0.all", logits.narrow(0, 0, 1));
        ours.put("loss", loss(logits, ids, mask, model.imageToken()));
        ours.put("gen", Tensor.cat(List.of(ids, written(opt.write(prompt, mask, decoding))), 1));
        for (int i = 0; i < ids.size(0); i++) {
            long padding = tokens - (long) mask.select(0, i).sum().item();
            Tensor alone = prompt.narrow(0, i, 1).narrow(1, padding, tokens - padding);
            Tensor all = opt.logits(alone, Tensor.ones(DType.FLOAT32, 1, tokens - padding));
            ours.put("logits.single." + i, all.select(1, all.size(1) - 1));
        }
    }

    /** The mean cross entropy of the words of the prompt: neither padding nor image tokens. */
    private static Tensor loss(Tensor logits, Tensor ids, Tensor mask, long imageToken) {
        long targets = ids.size(1) - 1;
        Tensor likely = logits.narrow(1, 0, targets).logSoftmax(-1);
        Tensor own = likely.gather(2, ids.narrow(1, 1, targets).unsqueeze(2)).squeeze(2);
        Tensor words =
                ids.equal(imageToken).to(DType.FLOAT32).minus(1).negative().times(mask);
        Tensor counted = words.narrow(1, 1, targets);
        return own.times(counted).sum().over(counted.sum()).negative();
    }

    private static Tensor written(List<Written> answers) {
        List<Long> ids = new ArrayList<>();
        answers.forEach(answer -> ids.addAll(answer.ids()));
        return Tensor.of(
                ids.stream().mapToLong(Long::longValue).toArray(), answers.size(), ids.size() / answers.size());
    }
}
