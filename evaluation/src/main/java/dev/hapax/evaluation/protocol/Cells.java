package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.evaluation.grid.Cell;
import dev.hapax.evaluation.grid.Product;
import dev.hapax.picturebook.world.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The cells of a comparison, and everything that determines their results. */
final class Cells {
    private final Comparison comparison;
    private final TreeSet<String> candidates = new TreeSet<>(); // the nouns that presence chooses from
    private final Map<Subject, String> hashes = new IdentityHashMap<>();

    Cells(Comparison comparison) {
        this.comparison = comparison;
        comparison.entries().forEach(entry -> {
            candidates.addAll(entry.subject().nouns().values());
            entry.asks().forEach(ask -> candidates.addAll(ask.things()));
            if (entry.subject().scene().isPresent()) {
                Arrays.stream(Kind.values()).map(Kind::word).forEach(candidates::add);
            }
            hashes.computeIfAbsent(entry.subject(), Subject::hash);
        });
    }

    /**
     * Subject by subject, so that what a run has done when it is cut off compares the rows on whole subjects. Workers wait
     * for each other no more than in another order: rows need different words.
     */
    List<Planned> planned() {
        Map<String, List<Entry>> subjects = comparison.entries().stream()
                .collect(Collectors.groupingBy(this::hash, LinkedHashMap::new, Collectors.toList()));
        List<Planned> cells = new ArrayList<>();
        subjects.values().forEach(rows -> rows.forEach(entry -> cells.addAll(planned(entry))));
        return cells;
    }

    private List<Planned> planned(Entry entry) {
        List<Planned> cells = new ArrayList<>();
        if (!isPutTogether(entry)) {
            cells.add(look(entry));
        }
        for (Ask ask : entry.asks()) {
            for (int image = 0; image < comparison.drawing().seeds(); image++) {
                for (long step : entry.steps()) {
                    boolean wanted = step == entry.last()
                            || (ask.isEdit() && image < comparison.drawing().curveSeeds());
                    if (wanted) {
                        cells.add(judge(entry, ask, step, image));
                    }
                }
            }
            if (comparison.drawing().seeds() > 1) {
                cells.add(spread(entry, ask));
            }
        }
        return cells;
    }

    /** Whether its words have entries of their own, where each is looked at, and it shows no picture of all. */
    private boolean isPutTogether(Entry entry) {
        return entry.subject().sentence().isEmpty()
                && comparison.entries().stream()
                        .filter(other -> other.variant().equals(entry.variant()))
                        .map(other -> other.subject().words())
                        .anyMatch(
                                words -> words.size() < entry.subject().words().size()
                                        && entry.subject().words().containsAll(words));
    }

    private Planned look(Entry entry) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("subject", hash(entry));
        node.put("model", comparison.ground().modelHash());
        node.put("template", "a " + comparison.ground().medium() + " of {}");
        node.put("step", entry.last());
        node.put("seed", comparison.drawing().seed());
        Cell cell = Cell.of(WordWork.LOOK, node, entry.words());
        return new Planned(cell, entry, Optional.empty(), entry.last(), -1, List.of());
    }

    private Planned judge(Entry entry, Ask ask, long step, int image) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("subject", hash(entry));
        node.put("prompt", ask.prompt());
        ask.words().forEach(node.putArray("words")::add);
        if (!ask.things().isEmpty()) {
            ask.things().forEach(node.putArray("things")::add);
        }
        node.put("medium", comparison.ground().medium());
        candidates.forEach(node.putArray("candidates")::add);
        comparison.ground().judges().forEach(node.putObject("judges")::put);
        List<Product> drawn = List.of(draw(entry, ask, step, image));
        return new Planned(Cell.of(WordWork.JUDGE, node, drawn), entry, Optional.of(ask), step, image, drawn);
    }

    private Planned spread(Entry entry, Ask ask) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("clip", comparison.ground().judges().get("clip"));
        List<Product> drawn = IntStream.range(0, comparison.drawing().seeds())
                .mapToObj(image -> draw(entry, ask, entry.last(), image))
                .toList();
        return new Planned(Cell.of(WordWork.SPREAD, node, drawn), entry, Optional.of(ask), entry.last(), -1, drawn);
    }

    private Product draw(Entry entry, Ask ask, long step, int image) {
        return comparison.drawing().product(comparison.ground(), ask, entry.words(), step, image);
    }

    private String hash(Entry entry) {
        return Objects.requireNonNull(hashes.get(entry.subject()));
    }
}
