package dev.hapax.golden;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.vision.ImageProcessor;
import dev.hapax.vision.ask.Blip;
import dev.hapax.vision.ask.BlipRanking;
import dev.hapax.vision.ask.Written;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code blip-vqa/golden/blip_vqa.safetensors}: BLIP's states and logits, answers written freely and chosen from a list,
 * and its image processor. What transformers 4.57 computes without the question's mask ({@code hf457.*}) is computed by
 * leaving it out.
 */
final class BlipGolden implements GoldenCheck {
    private static final Set<String> INPUTS = Set.of(
            "pixel_values",
            "input_ids",
            "attention_mask",
            "answer_ids",
            "answer_mask",
            "decoder_input_ids",
            "decoder_attention_mask",
            "image");
    private static final String SMOOTH = "rank.";
    private static final String PLAIN = "rank.ls0.";

    @Override
    public boolean covers(Path root, Path file) {
        return file.endsWith("golden/blip_vqa.safetensors");
    }

    @Override
    public void check(Path file, GoldenReport report) {
        try (Scope scope = Scope.open();
                SafetensorsFile golden = SafetensorsFile.open(file);
                ModelFolder folder = ModelFolder.open(file.getParent().getParent())) {
            Weights weights = folder.weights(ModelFolder.ROOT, DType.FLOAT32);
            Blip model = Blip.of(folder.config(ModelFolder.ROOT), weights);
            report.exact(
                    "parameters nobody reads: " + weights.unused(),
                    new long[] {weights.unused().size()},
                    new long[1]);
            Map<String, Tensor> ours = new HashMap<>();
            List<Tensor> states = model.imageStates(golden.tensor("pixel_values"));
            for (int i = 0; i < states.size(); i++) {
                ours.put("vision.hs." + i, states.get(i));
            }
            Tensor image = model.image(golden.tensor("pixel_values"));
            Tensor mask = golden.tensor("attention_mask").to(DType.FLOAT32);
            Tensor question = model.question(golden.tensor("input_ids"), mask, image);
            ours.put("vision", image);
            ours.put("question", question);
            logits("", model, golden, question, mask, ours);
            logits("hf457.", model, golden, question, mask.zerosLike().plus(1), ours);
            ours.put("gen.masked", written(model, model.answers(question, mask, 9)));
            ours.put("gen.hf", written(model, model.answers(question, null, 9)));
            ranks(SMOOTH, BlipRanking.SMOOTHING, model, golden, question, mask, ours);
            ranks(PLAIN, 0, model, golden, question, mask, ours);
            Config processor = Config.read(folder.root().resolve("preprocessor_config.json"));
            ours.put(
                    "image.pixel_values",
                    ImageProcessor.of(processor).apply(VisionGolden.raster(golden.tensor("image"))));
            report.all(ours, golden, INPUTS);
        }
    }

    private static void logits(
            String name, Blip model, SafetensorsFile golden, Tensor question, Tensor mask, Map<String, Tensor> ours) {
        Tensor ids = golden.tensor("decoder_input_ids");
        Tensor answerMask = golden.tensor("decoder_attention_mask").to(DType.FLOAT32);
        Tensor logits = model.logits(ids, answerMask, question, mask);
        ours.put(name + "logits", logits);
        long tokens = ids.size(1) - 1;
        Tensor likely = logits.narrow(1, 0, tokens).logSoftmax(-1);
        Tensor targets = ids.narrow(1, 1, tokens);
        Tensor counted =
                targets.equal(model.padding()).to(DType.FLOAT32).minus(1).negative();
        Tensor own = likely.gather(2, targets.unsqueeze(2)).squeeze(2).times(counted);
        ours.put(name + "loss", own.sum().over(counted.sum()).negative());
    }

    /** With the token that every answer begins with, filled up to the length of the reference. */
    private static Tensor written(Blip model, List<Written> answers) {
        long[] ids = new long[answers.size() * 10];
        for (int i = 0; i < answers.size(); i++) {
            ids[10 * i] = model.answerBegin();
            List<Long> tokens = answers.get(i).ids();
            for (int j = 1; j < 10; j++) {
                ids[10 * i + j] = j <= tokens.size() ? tokens.get(j - 1) : model.padding();
            }
        }
        return Tensor.of(ids, answers.size(), 10);
    }

    private static void ranks(
            String name,
            double smoothing,
            Blip model,
            SafetensorsFile golden,
            Tensor question,
            Tensor mask,
            Map<String, Tensor> ours) {
        BlipRanking ranking =
                new BlipRanking(model, answers(golden), (int) golden.shape("rank.topk_ids")[1], smoothing);
        List<Double> first = new ArrayList<>();
        List<Double> chosen = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        List<Double> best = new ArrayList<>();
        long batch = question.size(0);
        for (int i = 0; i < batch; i++) {
            BlipRanking.Choice choice = ranking.choose(question.narrow(0, i, 1), mask.narrow(0, i, 1));
            first.addAll(choice.first());
            choice.chosen().forEach(answer -> chosen.add((double) answer));
            scores.addAll(choice.scores());
            best.add((double) choice.best());
        }
        ours.put(name + "score", DetrGolden.numbers(scores, batch, scores.size() / batch));
        ours.put(name + "best", DetrGolden.numbers(best, batch));
        if (name.equals(SMOOTH)) {
            ours.put("rank.start_logits", ranking.start(question, mask));
            ours.put("rank.prob_first", DetrGolden.numbers(first, batch, first.size() / batch));
            ours.put("rank.topk_ids", DetrGolden.numbers(chosen, batch, chosen.size() / batch));
        }
    }

    private static List<List<Long>> answers(SafetensorsFile golden) {
        long[] ids = golden.tensor("answer_ids").toLongs();
        long[] mask = golden.tensor("answer_mask").toLongs();
        int length = (int) golden.shape("answer_ids")[1];
        List<List<Long>> answers = new ArrayList<>();
        for (int i = 0; i < ids.length; i += length) {
            List<Long> answer = new ArrayList<>();
            for (int j = i; j < i + length; j++) {
                if (mask[j] == 1) {
                    answer.add(ids[j]);
                }
            }
            answers.add(answer);
        }
        return answers;
    }
}
