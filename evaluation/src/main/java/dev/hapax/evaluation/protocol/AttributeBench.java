package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.evaluation.grid.Cell;
import dev.hapax.evaluation.grid.Grid;
import dev.hapax.evaluation.grid.GridResult;
import dev.hapax.evaluation.grid.Product;
import dev.hapax.evaluation.grid.Products;
import dev.hapax.picturebook.world.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Images of a thing with one word added and without it, from the same noise.
 *
 * @param ground what it is run on
 * @param references what words are learned from
 * @param courses how the words of each row are learned; none for a row that learns nothing
 * @param words of each reference the products that hold them, by the row that learns them
 * @param drawing how images are drawn
 * @param settings what else the report is to say about the run
 */
record AttributeBench(
        Ground ground,
        List<AttributeReference> references,
        Map<AttributeRow, Course> courses,
        List<Map<AttributeRow, Product>> words,
        Drawing drawing,
        Map<String, String> settings)
        implements Experiment {
    private static final int APART = 1000; // numbers of noise that belong to a picture; more than any scale draws

    /** Keeps copies. */
    AttributeBench {
        references = List.copyOf(references);
        words = List.copyOf(words);
        courses = Collections.unmodifiableMap(new LinkedHashMap<>(courses));
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** Words of these references, learned in this way. */
    static AttributeBench of(
            Ground ground,
            List<AttributeReference> references,
            Map<AttributeRow, Course> courses,
            Drawing drawing,
            Map<String, String> settings) {
        List<Map<AttributeRow, Product>> words = new ArrayList<>();
        for (AttributeReference reference : references) {
            Map<AttributeRow, Product> own = new EnumMap<>(AttributeRow.class);
            courses.forEach(
                    (row, course) -> row.words(reference, course, ground).ifPresent(product -> own.put(row, product)));
            words.add(own);
        }
        return new AttributeBench(ground, references, courses, words, drawing, settings);
    }

    /**
     * A word that is added.
     *
     * @param row how it was learned
     * @param attribute what for
     */
    record Added(AttributeRow row, Attribute attribute) {}

    /**
     * An image.
     *
     * @param reference number of the picture that its word was learned from, or that it is compared with
     * @param image which one of the prompt
     * @param added what the prompt has beside the thing; empty for nothing
     */
    record Shot(int reference, int image, Optional<Added> added) {}

    /** All images, picture by picture, in the order of their cells. */
    List<Shot> shots() {
        List<Shot> shots = new ArrayList<>();
        for (int reference = 0; reference < references.size(); reference++) {
            for (int image = 0; image < drawing.seeds(); image++) {
                shots.add(new Shot(reference, image, Optional.empty()));
                for (AttributeRow row : AttributeRow.values()) {
                    for (Attribute attribute : Attribute.values()) {
                        shots.add(new Shot(reference, image, Optional.of(new Added(row, attribute))));
                    }
                }
            }
        }
        return shots;
    }

    @Override
    public String title() {
        return "Which attribute does a word change";
    }

    @Override
    public List<Cell> cells() {
        List<String> hashes =
                references.stream().map(each -> each.subject().hash()).toList();
        return shots().stream()
                .map(shot -> cell(shot, hashes.get(shot.reference())))
                .toList();
    }

    private Cell cell(Shot shot, String subject) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("subject", subject);
        ground.judges().forEach(node.putObject("judges")::put);
        return Cell.of(WordWork.ATTRIBUTES, node, List.of(drawn(shot)));
    }

    /** What an image is drawn from. */
    String prompt(Shot shot) {
        Kind thing = AttributeReference.THINGS.get(shot.image() % AttributeReference.THINGS.size());
        return shot.added()
                .map(added -> added.row()
                        .prompt(
                                added.attribute(),
                                references.get(shot.reference()).scene(),
                                thing.word()))
                .orElse("a " + thing.word());
    }

    /** The image itself; those of one picture and number begin with the same noise, whatever is added. */
    Product drawn(Shot shot) {
        Optional<AttributeRow> row = shot.added().map(Added::row);
        Optional<Product> learned = row.flatMap(
                each -> Optional.ofNullable(words.get(shot.reference()).get(each)));
        long step = row.flatMap(each -> Optional.ofNullable(courses.get(each)))
                .map(Course::last)
                .orElse(0L);
        String prompt = prompt(shot);
        int noise = shot.reference() * APART + shot.image();
        return drawing.product(
                ground, Ask.of(prompt, prompt, List.of()), learned.stream().toList(), step, noise);
    }

    @Override
    public Grid<Studio.Place> grid(Studio studio) {
        Map<String, Subject> subjects = new LinkedHashMap<>();
        references.forEach(reference -> subjects.put(reference.subject().hash(), reference.subject()));
        return new Grid<>(cells(), new WordWork(subjects, Map.<String, Path>of()), studio.places());
    }

    @Override
    public double work(Map<String, Integer> missing) {
        double learning =
                courses.values().stream().mapToDouble(Course::work).average().orElse(0);
        return missing.getOrDefault(WordWork.LEARN, 0) * learning
                + missing.getOrDefault(WordWork.DRAW, 0) * drawing.work();
    }

    @Override
    public Findings findings(List<GridResult> results, Products products) {
        return new AttributeFindings(this, results, products).all();
    }

    @Override
    public Experiment with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(key, value);
        return new AttributeBench(ground, references, courses, words, drawing, more);
    }
}
