package dev.hapax.app.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.diffusion.Version;
import java.util.Locale;
import java.util.Map;

/** The numbers of a demo, for people on the terminal and for programs. */
record DemoNumbers(DemoResult result) {
    private static final ObjectMapper JSON = new ObjectMapper();

    String json() {
        ObjectNode node = JSON.createObjectNode();
        node.put("version", Version.CURRENT);
        node.put("model", result.model());
        node.put("model_sha256", result.modelHash());
        node.put("scene", result.scene().seed());
        node.put("seed", result.seed());
        node.put("sentence", result.scene().sentence());
        result.seconds().ifPresent(seconds -> node.put("seconds", seconds));
        put(node.putObject("words"), result.scores());
        result.ordinary().forEach(node.putObject("prompt_fidelity_of_ordinary_nouns")::put);
        for (DemoResult.Row row : result.rows()) {
            put(node.withObject("/ablation").putObject(row.row().name()), row.scores());
        }
        return node.toPrettyString() + "\n";
    }

    private static void put(ObjectNode node, Map<String, WordScore> scores) {
        scores.forEach((word, score) -> {
            ObjectNode each = node.putObject(word);
            each.put("mask_iou", score.overlap());
            each.put("images", score.leakage().images());
            each.put("nearer_own_crop", score.leakage().ownShare());
            each.put("cosine_own_crop", score.leakage().own());
            each.put("cosine_other_crop", score.leakage().other());
            each.put("prompt_fidelity", score.fidelity());
        });
    }

    /** A table for the terminal. */
    String table() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "%-42s %-6s %9s %12s %9s%n", "learned by", "word", "mask IoU", "draws own", "prompt"));
        line(text, "the demo: " + DemoPlan.whole().name(), result.scores());
        result.rows().forEach(row -> line(text, row.row().name(), row.scores()));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, Map<String, WordScore> scores) {
        scores.forEach((word, score) -> text.append(String.format(
                Locale.ROOT,
                "%-42s %-6s %9.2f %9.0f %% %9.3f%n",
                name.substring(0, Math.min(42, name.length())),
                word,
                score.overlap(),
                100 * score.leakage().ownShare(),
                score.fidelity())));
    }
}
