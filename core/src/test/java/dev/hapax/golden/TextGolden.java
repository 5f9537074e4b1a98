package dev.hapax.golden;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.checkpoint.SafetensorsFile;
import dev.hapax.checkpoint.Weights;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TextEncoding;
import dev.hapax.text.TokenIds;
import dev.hapax.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code text.safetensors}, {@code text2.safetensors}: the tokenizer and the CLIP text encoder of a pipeline. */
final class TextGolden implements GoldenCheck {
    @Override
    public boolean covers(Path root, Path file) {
        return file.getFileName().toString().matches("text2?\\.safetensors");
    }

    @Override
    public void check(Path file, GoldenReport report) throws IOException {
        boolean second = file.getFileName().toString().startsWith("text2");
        String part = second ? "text_encoder_2" : "text_encoder";
        try (Scope scope = Scope.open();
                SafetensorsFile golden = SafetensorsFile.open(file);
                ModelFolder folder = ModelFolder.open(file.getParent().getParent());
                Tokenizer tokenizer = Tokenizer.open(
                        folder.path(second ? "tokenizer_2" : "tokenizer"),
                        folder.config(part).integer("max_position_embeddings"))) {
            Weights weights = folder.weights(part, DType.FLOAT32);
            ClipTextEncoder encoder = ClipTextEncoder.of(folder.config(part), weights);
            report.exact("parameters nobody reads", new long[] {weights.unused().size()}, new long[1]);
            List<TokenIds> prompts = new ArrayList<>();
            for (String prompt : prompts(golden)) {
                prompts.add(tokenizer.encode(prompt));
            }
            long[] ids =
                    prompts.stream().flatMapToLong(p -> Arrays.stream(p.ids())).toArray();
            report.exact("input_ids", ids, golden.tensor("input_ids").toLongs());
            compareOutputs(golden, encoder, prompts, report);
            compareGradient(golden, encoder, report);
        }
    }

    static String[] prompts(SafetensorsFile golden) throws IOException {
        return new ObjectMapper().readValue(golden.metadata().get("prompts"), String[].class);
    }

    private static void compareOutputs(
            SafetensorsFile golden, ClipTextEncoder encoder, List<TokenIds> prompts, GoldenReport report) {
        long shown = golden.shape("last_hidden_state")[0];
        TextEncoding encoding = encoder.encode(prompts.subList(0, (int) shown), Lexicon.empty());
        for (int i = 0; i < encoding.hidden().size(); i++) {
            if (golden.names().contains("hs." + i)) {
                report.compare("hs." + i, encoding.hidden(i), golden.tensor("hs." + i));
            }
        }
        report.compare("last_hidden_state", encoding.last(), golden.tensor("last_hidden_state"));
        report.compare("pen_ln", encoder.normed(encoding.hidden(-2)), golden.tensor("pen_ln"));
        TextEncoding all = encoder.encode(prompts, Lexicon.empty());
        String pooled = encoding.projected().isPresent() ? "text_embeds" : "pooler_output";
        report.compare(pooled, encoding.projected().orElse(encoding.pooled()), golden.tensor(pooled));
        report.compare("all.pooled", all.projected().orElse(all.pooled()), golden.tensor("all.pooled"));
    }

    private static void compareGradient(SafetensorsFile golden, ClipTextEncoder encoder, GoldenReport report) {
        Tensor cotangent = golden.tensor("g");
        Tensor ids = golden.tensor("input_ids").narrow(0, 0, cotangent.size(0));
        Tensor table = encoder.tokenTable().requiresGrad(true);
        Tensor last = encoder.encode(ids, null, null).last();
        Tensor rows =
                Gradients.of(last, cotangent, List.of(table), false).get(0).indexSelect(0, golden.tensor("grad.rows"));
        table.requiresGrad(false);
        report.compare("grad.token_embedding_rows", rows, golden.tensor("grad.token_embedding_rows"));
    }
}
