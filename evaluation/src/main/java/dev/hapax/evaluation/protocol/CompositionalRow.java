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
    private static final String NEAR_NOUNS = semantic("textual inversion") + ", nouns";
    private static final AnchorSettings PRINTED = AnchorSettings.PAPER.withReduction(AnchorSettings.Reduction.ANCHORS);

    /**
     * All rows: the nouns themselves; the methods, each alone and with the paper's two halves; and for words alone semantic
     * inversion with nouns for anchors, as the paper suggests, and with the division that it prints as well.
     *
     * @param ground where anchors are nouns anyway, the row that differs in this alone is left out
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
        String printed = ", as printed";
        if (leansOnAdjectives(ground)) {
            rows.add(new CompositionalRow(NEAR_NOUNS, words.anchoredAtNouns(NEAR_NOUNS, AnchorSettings.PAPER), false));
            printed = NEAR_NOUNS + printed;
        } else {
            printed = semantic(words.name()) + printed;
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

    /** Whether words lean on adjectives, which are our choice (see decision 29); otherwise on nouns, the paper's. */
    private static boolean leansOnAdjectives(Ground ground) {
        return !ground.anchorNames().equals(ground.nouns());
    }

    /** What the paper claims; that both together do most, on Textual Inversion alone. */
    static List<Promise> promises(Ground ground) {
        String source = leansOnAdjectives(ground) ? "after " + PAPER + "; adjectives for anchors: decision 29" : PAPER;
        List<Promise> promises = new ArrayList<>();
        List<Figure> composed = new ArrayList<>(List.of(Figure.TEXT));
        composed.addAll(Figure.coi());
        for (Base base : BASES) {
            String plain = base.plain().name();
            for (Figure figure : composed) {
                promises.add(one(source, figure, semantic(plain), plain));
                promises.add(one(PAPER, figure, spatial(plain), plain));
                if (base == BASES.get(0)) {
                    promises.add(one(source, figure, both(plain), semantic(plain)));
                    promises.add(one(source, figure, both(plain), spatial(plain)));
                }
                promises.add(one(source, figure, both(plain), plain));
            }
            promises.add(one(source, Figure.WHOLE, plain, both(plain))); // what composition costs
        }
        if (leansOnAdjectives(ground)) {
            composed.forEach(figure -> promises.add(one(PAPER, figure, NEAR_NOUNS, "textual inversion")));
        }
        return promises;
    }

    private static Promise one(String source, Figure figure, String better, String worse) {
        return new Promise(source, figure, better, worse).in(Compositions.ONE);
    }
}
