package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.diffusion.PngImages;
import dev.hapax.evaluation.grid.Cell;
import dev.hapax.evaluation.grid.Product;
import dev.hapax.evaluation.grid.Work;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Learns words, draws with them, and measures both.
 *
 * <pre>
 * product learn   step-000300/                 words and weights after so many steps, as Learning leaves them
 * product remind  0000.png ...                 what the model draws of a class before its weights are moved
 * product words   step-000000/                 words and weights that somebody learned before
 * product start   step-000000/*.safetensors    words before anything is learned
 * product draw    image.png
 * cell look       where the words look, and where they lie in the vocabulary
 * cell judge      what the judges say about one image
 * cell spread     how different the images of one prompt are
 * cell compose    how well one image shows two things
 * cell place      the vector of a word
 * cell attributes what one image has of the color, style, kind and place of a picture
 * </pre>
 *
 * @param subjects by hash
 * @param given files of words and weights, by the hash of their bytes
 */
record WordWork(Map<String, Subject> subjects, Map<String, Path> given) implements Work<Studio.Place> {
    static final String LEARN = "learn";
    static final String REMIND = "remind";
    static final String WORDS = "words";
    static final String START = "start";
    static final String DRAW = "draw";
    static final String LOOK = "look";
    static final String JUDGE = "judge";
    static final String SPREAD = "spread";
    static final String COMPOSE = "compose";
    static final String PLACE = "place";
    static final String ATTRIBUTES = "attributes";
    static final String NUMBERS = "numbers";

    @Override
    public boolean goesOn(Product product) {
        return product.description().kind().equals(LEARN);
    }

    @Override
    public void make(Product product, List<Path> needs, Path folder, Studio.Place place) throws IOException {
        JsonNode settings = product.description().settings();
        LearnWork learn = new LearnWork(subjects, given);
        switch (product.description().kind()) {
            case LEARN -> learn.learn(settings, needs, folder, place.studio());
            case REMIND -> DrawWork.remind(settings, folder, place.studio());
            case WORDS -> learn.copy(settings, folder);
            case START -> LearnWork.start(settings, folder, place.studio());
            case DRAW -> DrawWork.draw(settings, needs, folder, place.studio());
            default -> throw new IllegalArgumentException("nobody makes a " + product.description());
        }
    }

    @Override
    public ObjectNode result(Cell cell, List<Path> needs, Studio.Place place) throws IOException {
        JsonNode settings = cell.description().settings();
        LookWork look = new LookWork(subjects, place.studio());
        return switch (cell.description().kind()) {
            case LOOK -> look.look(settings, needs);
            case JUDGE -> look.judge(settings, needs.get(0));
            case SPREAD -> look.spread(needs);
            case COMPOSE -> new PairWork(place.studio()).compose(settings, needs.get(0));
            case PLACE -> new PairWork(place.studio()).place(settings, needs);
            case ATTRIBUTES ->
                new AttributeWork(place.studio().judges(), look.subject(settings)).result(image(needs.get(0)));
            default -> throw new IllegalArgumentException("nobody computes a " + cell.description());
        };
    }

    /** The image that a product holds. */
    static BufferedImage image(Path product) {
        return PngImages.read(product.resolve("image.png")).image();
    }

    static String stepName(long steps) {
        return String.format(Locale.ROOT, "step-%06d", steps);
    }
}
