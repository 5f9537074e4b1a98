package dev.hapax.diffusion;

import dev.hapax.attention.AttentionLayer;
import dev.hapax.attention.TextContext;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.CellTable;
import dev.hapax.text.Lexicon;
import dev.hapax.text.PromptField;
import dev.hapax.text.Site;
import dev.hapax.text.TokenIds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the U-Net is told where text or words differ between layers and timesteps (P+, ProSpect, MATTE). Each distinct text
 * is encoded once, before the run. What stands beside the text in SDXL is that of the middle layer.
 */
final class FieldConditions implements Conditions {
    private final CellTable table; // of the field and of all words
    private final List<Condition> stages = new ArrayList<>();

    private FieldConditions(CellTable table) {
        this.table = table;
    }

    /**
     * Encodes all that will be read.
     *
     * @param words for each encoder
     * @param layers of the U-Net that read text
     * @throws IllegalArgumentException if a table is for another number of layers
     */
    static Conditions of(
            PromptEncoder encoder,
            PromptField field,
            List<Lexicon> words,
            ImageSize size,
            List<AttentionLayer> layers) {
        List<Lexicon> each = PromptEncoder.perEncoder(encoder.encoders(), words);
        each.forEach(lexicon -> lexicon.requireLayers(layers.size()));
        if (field.isConstant() && each.stream().allMatch(Lexicon::isPlain)) {
            return Conditions.constant(encoder.encode(field.texts().get(0), words, size));
        }
        CellTable table = field.table();
        for (Lexicon lexicon : each) {
            for (String word : lexicon.words()) {
                table = table.and(lexicon.cells(word));
            }
        }
        table.requireLayers("the prompt", layers.size());
        FieldConditions conditions = new FieldConditions(table);
        Map<List<TokenIds>, Condition> known = new HashMap<>();
        for (int stage = 0; stage < table.stageCount(); stage++) {
            List<Condition> own = new ArrayList<>();
            for (int layer = 0; layer < layers.size(); layer++) {
                Site site = new Site(layer, table.begin(stage));
                String text = field.at(site);
                own.add(known.computeIfAbsent(
                        encoder.tokens(text, each, site), tokens -> encoder.encode(tokens, each, size)));
            }
            conditions.stages.add(joined(own));
        }
        return conditions;
    }

    private static Condition joined(List<Condition> own) {
        List<Tensor> texts = new ArrayList<>();
        for (int layer = 0; layer < own.size(); layer++) {
            texts.add(own.get(layer).text().at(layer));
        }
        return new Condition(
                TextContext.perLayer(texts), own.get(own.size() / 2).added());
    }

    @Override
    public Condition at(double timestep) {
        return stages.get(table.stage(timestep));
    }
}
