package dev.hapax.text;

import dev.hapax.attention.AttentionLayer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From a prompt to what is read at each site. A pure function of prompt, placements and layers.
 *
 * <ul>
 *   <li>Text around a word that has its place is <em>bound</em> to it, by brackets, {@code [<c> colored]}, or by one of the
 *       word's own phrases. It is read where the word may be read; elsewhere stands what {@link Outside} says.
 *   <li><code>{800-1000: sitting}</code> is read at the timesteps from 800 on and below 1000 alone, <code>{inner: <a>}
 *       </code> by the coarse layers ({@link LayerGroups}), <code>{outer: <b>}</code> by the others, <code>{layers 5-8: x}
 *       </code> by these layers, counted from 0.
 *   <li>All other text is read everywhere.
 * </ul>
 *
 * What a dropped segment leaves behind (articles, prepositions, commas) is dropped with it ({@link Leftovers}).
 */
public final class PromptRenderer {
    private static final Pattern RANGE =
            Pattern.compile("\\{\\s*(?:(\\d+)-(\\d+)|layers (\\d+)-(\\d+)|(inner|outer))\\s*:\\s*([^{}]*?)\\s*\\}");
    private static final Pattern BRACKETS = Pattern.compile("\\[([^\\[\\]]*)\\]");

    private final Map<String, Placement> placements;
    private final List<AttentionLayer> layers;

    private PromptRenderer(Map<String, Placement> placements, List<AttentionLayer> layers) {
        this.placements = placements;
        this.layers = layers;
    }

    /**
     * Renders a prompt.
     *
     * @param words some of which may have placements
     * @param layers of the U-Net that read text
     * @throws IllegalArgumentException if a range is empty, or a placement is for another number of layers
     */
    public static PromptField render(String prompt, Lexicon words, List<AttentionLayer> layers) {
        Map<String, Placement> placements = new LinkedHashMap<>();
        for (String word : words.words()) {
            words.placement(word)
                    .filter(placement -> placement.outside() != Outside.KEEP)
                    .ifPresent(placement -> {
                        placement.table().requireLayers(word, layers.size());
                        placements.put(word, placement);
                    });
        }
        List<PromptSegment> segments = new PromptRenderer(placements, layers).segments(prompt);
        CellTable table = CellTable.ONE;
        for (PromptSegment segment : segments) {
            table = table.and(segment.table());
        }
        List<String> texts = new ArrayList<>();
        for (int cell = 0; cell < table.cells(); cell++) {
            texts.add(at(table.site(cell), segments));
        }
        return new PromptField(table, texts);
    }

    private static String at(Site site, List<PromptSegment> segments) {
        StringBuilder text = new StringBuilder();
        for (PromptSegment segment : segments) {
            if (!segment.within().test(site)) {
                text.append(Leftovers.DROPPED);
            } else if (segment.acts().test(site)) {
                text.append(segment.text());
            } else {
                text.append(segment.otherwise().isEmpty() ? Leftovers.DROPPED : Leftovers.REPLACED)
                        .append(segment.otherwise());
            }
        }
        return Leftovers.tidied(text.toString());
    }

    private List<PromptSegment> segments(String prompt) {
        List<PromptSegment> segments = new ArrayList<>();
        Matcher range = RANGE.matcher(prompt);
        int done = 0;
        while (range.find()) {
            segments.addAll(bracketed(prompt.substring(done, range.start())));
            CellTable table = table(range);
            int chosen = chosen(range);
            Predicate<Site> where = site -> table.cell(site) == chosen;
            bracketed(range.group(6)).forEach(segment -> segments.add(segment.in(table, where)));
            done = range.end();
        }
        segments.addAll(bracketed(prompt.substring(done)));
        return segments;
    }

    private CellTable table(Matcher range) {
        if (range.group(5) != null) {
            return new CellTable(
                    LayerGroups.byDepth(layers).stream()
                            .map(group -> group == LayerGroups.COARSE ? 0 : 1)
                            .toList(),
                    List.of());
        }
        boolean time = range.group(1) != null;
        int from = number(range, time ? 1 : 3);
        int to = number(range, time ? 2 : 4);
        if (time ? from >= to : from > to || to >= layers.size()) {
            throw new IllegalArgumentException(range.group() + " names no "
                    + (time
                            ? "timesteps; write the lower one first, such as {800-1000: ...}"
                            : "layers; this model has the layers 0 to " + (layers.size() - 1)));
        }
        if (time) {
            return new CellTable(List.of(), from == 0 ? List.of(to) : List.of(from, to));
        }
        List<Integer> groups = new ArrayList<>();
        boolean all = from == 0 && to == layers.size() - 1;
        for (int layer = 0; layer < layers.size(); layer++) {
            groups.add(all || layer < from || layer > to ? 0 : 1);
        }
        return new CellTable(groups, List.of());
    }

    /** The number of the cell that a range chooses in its own table. */
    private int chosen(Matcher range) {
        if (range.group(5) != null) {
            return range.group(5).equals("inner") ? 0 : 1;
        }
        if (range.group(1) != null) {
            return number(range, 1) == 0 ? 0 : 1;
        }
        return number(range, 3) == 0 && number(range, 4) == layers.size() - 1 ? 0 : 1;
    }

    private static int number(Matcher range, int group) {
        String digits = range.group(group);
        return digits.length() > 6 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    private List<PromptSegment> bracketed(String text) {
        List<PromptSegment> segments = new ArrayList<>();
        Matcher brackets = BRACKETS.matcher(text);
        int done = 0;
        while (brackets.find()) {
            if (PromptSegment.words(brackets.group(1), placements).isEmpty()) {
                continue; // brackets of the prompt's own
            }
            segments.addAll(phrased(text.substring(done, brackets.start())));
            segments.add(PromptSegment.bound(brackets.group(1), placements));
            done = brackets.end();
        }
        segments.addAll(phrased(text.substring(done)));
        return segments;
    }

    /** Without brackets a word is bound to the longest of its phrases that stands around it. */
    private List<PromptSegment> phrased(String text) {
        List<PromptSegment> segments = new ArrayList<>();
        int done = 0;
        for (Placeholders.Piece piece : Placeholders.split(text, placements.keySet())) {
            if (!piece.word() || piece.start() < done) {
                continue;
            }
            Placement placement = Objects.requireNonNull(placements.get(piece.text()));
            int end = piece.start() + piece.text().length();
            int from = done;
            Optional<String> phrase = placement.phrases().stream()
                    .filter(each -> stands(text, from, piece, each))
                    .max(Comparator.comparingInt(String::length));
            int before = phrase.map(each -> each.indexOf("{}")).orElse(0);
            int after =
                    phrase.map(each -> each.length() - each.indexOf("{}") - 2).orElse(0);
            segments.add(PromptSegment.plain(text.substring(done, piece.start() - before)));
            done = end + after;
            segments.add(PromptSegment.bound(text.substring(piece.start() - before, done), placements));
        }
        segments.add(PromptSegment.plain(text.substring(done)));
        return segments;
    }

    private static boolean stands(String text, int from, Placeholders.Piece piece, String phrase) {
        int gap = phrase.indexOf("{}");
        int start = piece.start() - gap;
        return start >= from && text.startsWith(phrase.replace("{}", piece.text()), start);
    }
}
