package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.evaluation.grid.Cell;
import dev.hapax.evaluation.grid.Grid;
import dev.hapax.evaluation.grid.GridResult;
import dev.hapax.evaluation.grid.Product;
import dev.hapax.evaluation.grid.Products;
import dev.hapax.evaluation.measure.PlainPrompt;
import dev.hapax.evaluation.protocol.Compositions.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How well any two of several concepts compose: every two of them in one prompt, in both orders.
 *
 * @param ground what it is run on
 * @param concepts learned ones and ordinary ones
 * @param course how the learned ones are learned
 * @param drawing how images are drawn
 * @param settings what else the report is to say about the run
 */
record ConceptPairs(Ground ground, List<Concept> concepts, Course course, Drawing drawing, Map<String, String> settings)
        implements Experiment {

    /**
     * A concept.
     *
     * @param part its word and noun
     * @param subjects what it was learned from; empty if it is ordinary
     * @param words products that hold its word; empty if it is ordinary
     */
    record Concept(Part part, List<Subject> subjects, List<Product> words) {
        String name() {
            return part.isLearned() ? part.word() + " " + part.noun() : part.noun();
        }
    }

    /**
     * An image of two concepts.
     *
     * @param first number of the concept that the prompt names first
     * @param second number of the other
     * @param image which one of the prompt
     */
    record Pairing(int first, int second, int image) {}

    /** All images, in the order of their cells; concepts of one noun are not drawn together, for one cannot tell them. */
    List<Pairing> pairings() {
        List<Pairing> pairings = new ArrayList<>();
        for (int image = 0; image < drawing.seeds(); image++) {
            for (int i = 0; i < concepts.size(); i++) {
                for (int j = 0; j < concepts.size(); j++) {
                    if (!concepts.get(i)
                            .part()
                            .noun()
                            .equals(concepts.get(j).part().noun())) {
                        pairings.add(new Pairing(i, j, image));
                    }
                }
            }
        }
        return pairings;
    }

    @Override
    public String title() {
        return "Which concepts compose";
    }

    @Override
    public List<Cell> cells() {
        return Stream.concat(
                        pairings().stream().map(this::compose),
                        concepts.stream().map(this::place))
                .toList();
    }

    /** The image that a cell looks at. */
    Product drawn(Pairing pairing) {
        Concept first = concepts.get(pairing.first());
        Concept second = concepts.get(pairing.second());
        List<Product> words =
                Stream.concat(first.words().stream(), second.words().stream()).toList();
        Ask ask = new Compositions(ground).ask(first.part(), second.part(), false);
        return drawing.product(ground, ask, words, course.last(), pairing.image());
    }

    private Cell compose(Pairing pairing) {
        Part first = concepts.get(pairing.first()).part();
        Part second = concepts.get(pairing.second()).part();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("text", plain(first, second));
        node.putArray("things").add(first.noun()).add(second.noun());
        node.put("medium", ground.medium());
        node.put("drawn", ground.pictures().isEmpty());
        concepts.stream()
                .map(concept -> concept.part().noun())
                .distinct()
                .sorted()
                .forEach(node.putArray("candidates")::add);
        ground.judges().forEach(node.putObject("judges")::put);
        return Cell.of(WordWork.COMPOSE, node, List.of(drawn(pairing)));
    }

    private String plain(Part first, Part second) {
        Map<String, String> nouns = Map.of(first.word(), first.noun(), second.word(), second.noun());
        List<String> learned =
                Stream.of(first, second).filter(Part::isLearned).map(Part::word).toList();
        return PlainPrompt.withNouns(new Compositions(ground).prompt(first, second), learned, nouns);
    }

    private Cell place(Concept concept) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("model", ground.modelHash());
        node.put("word", concept.part().word());
        node.put("noun", concept.part().noun());
        node.put("step", course.last());
        return Cell.of(WordWork.PLACE, node, concept.words());
    }

    @Override
    public Grid<Studio.Place> grid(Studio studio) {
        Map<String, Subject> subjects = new LinkedHashMap<>();
        concepts.forEach(concept -> concept.subjects().forEach(subject -> subjects.put(subject.hash(), subject)));
        return new Grid<>(cells(), new WordWork(subjects, Map.<String, Path>of()), studio.places());
    }

    @Override
    public double work(Map<String, Integer> missing) {
        return missing.getOrDefault(WordWork.LEARN, 0) * course.work()
                + missing.getOrDefault(WordWork.DRAW, 0) * drawing.work();
    }

    @Override
    public Findings findings(List<GridResult> results, Products products) {
        return new PairFindings(this, results, products).all();
    }

    @Override
    public Experiment with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(key, value);
        return new ConceptPairs(ground, concepts, course, drawing, more);
    }
}
