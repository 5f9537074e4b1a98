package dev.hapax.evaluation.protocol;

import dev.hapax.method.compositionalinversion.AnchorSettings;
import dev.hapax.method.disendiff.DisenDiffSettings;
import dev.hapax.method.mcpl.McplSettings;
import dev.hapax.run.MethodName;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One way of learning, to be compared with others.
 *
 * @param name as the paper's tables name it
 * @param method the method
 * @param settings what acts in MCPL
 * @param attention what acts in DisenDiff
 * @param binds whether each word's adjective is bound to it
 * @param manner how the words of a picture are learned
 * @param anchors what keeps words near others of the ground; empty for nothing
 * @param leansOnNouns whether these others are the ground's {@linkplain Ground#nouns() nouns}; otherwise its
 *     {@linkplain Ground#anchorNames() anchors}
 */
public record Variant(
        String name,
        MethodName method,
        McplSettings settings,
        DisenDiffSettings attention,
        boolean binds,
        Manner manner,
        Optional<AnchorSettings> anchors,
        boolean leansOnNouns) {

    /** How the words of one picture are learned. */
    public enum Manner {
        /** Not at all: the words stay what they start from. */
        NONE,
        /** All at once, from the sentence. */
        TOGETHER,
        /** One after the other: each from the sentence, in which nouns stand for the other words. */
        APART,
        /** One after the other: each from the whole picture and nothing said about it. */
        BARE
    }

    /** Words that are learned together, without bound adjectives. */
    public static Variant of(String name, MethodName method, McplSettings settings) {
        return of(name, method, settings, false, Manner.TOGETHER);
    }

    /** Words that MCPL or Textual Inversion learn. */
    static Variant of(String name, MethodName method, McplSettings settings, boolean binds, Manner manner) {
        return new Variant(name, method, settings, DisenDiffSettings.SHIPPED, binds, manner, Optional.empty(), false);
    }

    /** Words that are learned together, while weights move as well if the method moves any. */
    static Variant of(String name, MethodName method, DisenDiffSettings attention) {
        return new Variant(
                name, method, McplSettings.PLAIN, attention, false, Manner.TOGETHER, Optional.empty(), false);
    }

    /** The same with anchors, under another name. */
    Variant anchored(String other, AnchorSettings near) {
        return new Variant(other, method, settings, attention, binds, manner, Optional.of(near), false);
    }

    /** The same with nouns for anchors, under another name. */
    Variant anchoredAtNouns(String other, AnchorSettings near) {
        return new Variant(other, method, settings, attention, binds, manner, Optional.of(near), true);
    }

    /** The regularisers for words with these adjectives. */
    public McplSettings regularisers(Map<String, String> adjectives) {
        return binds ? settings.withAdjectives(adjectives) : settings;
    }

    /** The name as a folder may have it. */
    public String folderName() {
        return name.replaceAll("[^A-Za-z]+", "-").replaceAll("-$", "").toLowerCase(Locale.ROOT);
    }
}
