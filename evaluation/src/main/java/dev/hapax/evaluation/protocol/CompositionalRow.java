package dev.hapax.evaluation.protocol;

import dev.hapax.method.compositionalinversion.AnchorSettings;
import dev.hapax.method.disendiff.DisenDiffSettings;
import dev.hapax.method.mcpl.McplSettings;
import dev.hapax.run.MethodName;
import java.util.ArrayList;
import java.util.List;

/**
 * A row of table 1 of Zhang et al. 2024 (Compositional Inversion): a method alone, with semantic inversion, with spatial
 * inversion, or with both.
 *
 * @param name of the row
 * @param variant how words are learned
 * @param held whether things are held in boxes while they are drawn
 */
record CompositionalRow(String name, Variant variant, boolean held) {
    private static final String PAPER = "Zhang et al. 2024 (arXiv 2312.08048), table 1";

    /** What a method learns with, and what is added to it. */
    private record Base(Variant plain, AnchorSettings anchors) {}

    private static final List<Base> BASES = List.of(
            new Base(
                    Variant.of("textual inversion", MethodName.TEXTUAL_INVERSION, McplSettings.PLAIN),
                    AnchorSettings.PAPER),
            new Base(
                    Variant.of("Custom Diffusion", MethodName.CUSTOM_DIFFUSION, DisenDiffSettings.SHIPPED),
                    AnchorSettings.PAPER),
            new Base(
                    Variant.of("DreamBooth", MethodName.DREAMBOOTH, DisenDiffSettings.SHIPPED),
                    AnchorSettings.PAPER_DREAMBOOTH));

    private static final Variant NOUNS =
            Variant.of("nothing learned", MethodName.TEXTUAL_INVERSION, McplSettings.PLAIN, false, Variant.Manner.NONE);
    private static final AnchorSettings PRINTED = AnchorSettings.PAPER.withReduction(AnchorSettings.Reduction.ANCHORS);

    /**
     * All rows: the nouns themselves; the paper's; and semantic inversion with nouns for anchors, as the paper suggests, and
     * with the division that it prints as well.
     */
    static List<CompositionalRow> all(Ground ground) {
        List<CompositionalRow> rows = new ArrayList<>();
        rows.add(new CompositionalRow(NOUNS.name(), NOUNS, false));
        for (Base base : BASES) {
            String name = base.plain().name();
            Variant anchored = base.plain().anchored(semantic(name), base.anchors());
            rows.add(new CompositionalRow(name, base.plain(), false));
            rows.add(new CompositionalRow(semantic(name), anchored, false));
            rows.add(new CompositionalRow(spatial(name), base.plain(), true));
            rows.add(new CompositionalRow(both(name), anchored, true));
        }
        Variant words = BASES.get(0).plain();
        String nouns = semantic(words.name()) + ", nouns";
        String printed = nouns + ", as printed";
        if (!ground.modifiers().equals(ground.nouns())) {
            rows.add(new CompositionalRow(nouns, words.anchoredAtNouns(nouns, AnchorSettings.PAPER), false));
        }
        rows.add(new CompositionalRow(printed, words.anchoredAtNouns(printed, PRINTED), false));
        return rows;
    }

    /** Whether there are words of its own, which stand before their nouns. */
    boolean isLearned() {
        return variant.manner() != Variant.Manner.NONE;
    }

    private static String semantic(String method) {
        return method + " + semantic";
    }

    private static String spatial(String method) {
        return method + " + spatial";
    }

    private static String both(String method) {
        return method + " + both";
    }

    /** What the paper claims; that both together do most, on Textual Inversion alone. */
    static List<Promise> promises() {
        List<Promise> promises = new ArrayList<>();
        List<Figure> composed = new ArrayList<>(List.of(Figure.TEXT));
        composed.addAll(Figure.coi());
        for (Base base : BASES) {
            String plain = base.plain().name();
            for (Figure figure : composed) {
                promises.add(one(figure, semantic(plain), plain));
                promises.add(one(figure, spatial(plain), plain));
                if (base == BASES.get(0)) {
                    promises.add(one(figure, both(plain), semantic(plain)));
                    promises.add(one(figure, both(plain), spatial(plain)));
                }
                promises.add(one(figure, both(plain), plain));
            }
            promises.add(one(Figure.WHOLE, plain, both(plain))); // what composition costs
        }
        return promises;
    }

    private static Promise one(Figure figure, String better, String worse) {
        return new Promise(PAPER, figure, better, worse).in(Compositions.ONE);
    }
}
