package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.evaluation.grid.Cell;
import dev.hapax.evaluation.grid.Grid;
import dev.hapax.evaluation.grid.GridResult;
import dev.hapax.evaluation.grid.Product;
import dev.hapax.evaluation.grid.Products;
import dev.hapax.run.Painter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How well things are invented and mixed, and what an image of them looks like to judges.
 *
 * @param products what is learned and drawn
 * @param concepts that are invented
 * @param mixes how many of each category are mixed as well
 * @param settings what else the report is to say about the run
 */
record InventBench(InventProducts products, List<InventedConcept> concepts, int mixes, Map<String, String> settings)
        implements Experiment {
    private static final double STEP = 3; // calls of the U-Net that a step costs on Picturebook, about

    /** Copies the list. */
    InventBench {
        concepts = List.copyOf(concepts);
    }

    /** Concept by concept, so that what a run has done when it is cut off compares the rows on whole concepts. */
    List<InventCell> planned() {
        List<InventCell> cells = new ArrayList<>();
        for (InventedConcept concept : concepts) {
            for (int image = 0; image < products.drawing().seeds(); image++) {
                for (InventRow row : InventRow.DRAWN) {
                    cells.add(recognise(row, concept, concept.kind().noun(), image));
                }
                if (concept.index() < mixes) {
                    cells.add(recognise(InventRow.MIX, concept, "", image));
                    cells.add(recognise(
                            InventRow.FIRST, concept, concept.negatives().get(0), image));
                    cells.add(recognise(
                            InventRow.SECOND, concept, concept.negatives().get(1), image));
                }
            }
            if (concept.index() == 0) {
                concept.kind().members().forEach(member -> cells.add(recognise(InventRow.MEMBER, concept, member, 0)));
            }
            InventRow.FORESEEN.stream()
                    .filter(row -> row != InventRow.PRIOR_PROMPTED || prior().readsNegatives())
                    .forEach(row -> cells.add(foresee(row, concept)));
        }
        return cells;
    }

    private GroundPrior prior() {
        return products.ground().prior().orElseThrow();
    }

    /** The judges of images that share nothing with what words are optimised against: claims are theirs. */
    List<InventJudge> independent() {
        return judges().stream().filter(this::isIndependent).toList();
    }

    /** The judges of images. */
    List<InventJudge> judges() {
        return products.picturebook() ? List.of(InventJudge.READER, InventJudge.CLIP) : List.of(InventJudge.CLIP);
    }

    boolean isIndependent(InventJudge judge) {
        String clip = products.ground().judges().getOrDefault(InventJudge.CLIP.key(), "");
        return switch (judge) {
            case READER -> true;
            case CLIP -> prior().isIndependent(clip);
            case PRIOR -> false;
        };
    }

    private InventCell recognise(InventRow row, InventedConcept concept, String thing, int image) {
        Product drawn = products.image(row, concept, thing, image);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        things().forEach(node.putArray("things")::add);
        node.put("medium", products.medium());
        node.put("drawn", products.picturebook());
        products.ground().judges().forEach(node.putObject("judges")::put);
        Cell cell = Cell.of(InventWork.RECOGNISE, node, List.of(drawn));
        return new InventCell(cell, row, concept, thing, image, Optional.of(drawn));
    }

    /** The names of all categories and members. */
    private List<String> things() {
        return concepts.stream()
                .flatMap(concept -> Stream.concat(
                        Stream.of(concept.kind().noun()),
                        Stream.concat(concept.kind().members().stream(), concept.unrelated().stream())))
                .distinct()
                .sorted()
                .toList();
    }

    private InventCell foresee(InventRow row, InventedConcept concept) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("prior", prior().hash());
        node.put("prompt", products.prompt(row, concept.kind().noun()));
        node.put("negative", row == InventRow.PRIOR_PROMPTED ? concept.both(products.medium()) : "");
        Stream.concat(Stream.of(concept.kind().noun()), concept.kind().members().stream())
                .forEach(node.putArray("things")::add);
        node.put("medium", products.medium());
        node.put("count", products.course().draws());
        node.put("seed", concept.seed());
        node.put("step", products.course().steps());
        Cell cell = Cell.of(InventWork.FORESEE, node, products.words(row, concept));
        return new InventCell(cell, row, concept, concept.kind().noun(), -1, Optional.empty());
    }

    @Override
    public String title() {
        return "Invented things";
    }

    @Override
    public List<Cell> cells() {
        return planned().stream().map(InventCell::cell).toList();
    }

    @Override
    public Grid<Studio.Place> grid(Studio studio) {
        return new Grid<>(cells(), new InventWork(), studio.places());
    }

    @Override
    public double work(Map<String, Integer> missing) {
        InventCourse course = products.course();
        return missing.getOrDefault(InventWork.INVENT, 0) * course.steps() * STEP
                + missing.getOrDefault(InventWork.MIX, 0) * course.mixingSteps() * STEP
                + missing.getOrDefault(WordWork.REMIND, 0) * course.parentPictures() * Drawing.work(Painter.STEPS)
                + missing.getOrDefault(WordWork.DRAW, 0) * products.drawing().work();
    }

    @Override
    public Findings findings(List<GridResult> results, Products made) {
        return new InventFindings(this, planned(), results, made).all();
    }

    @Override
    public Experiment with(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(key, value);
        return new InventBench(products, concepts, mixes, more);
    }
}
