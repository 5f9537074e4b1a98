package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.evaluation.category.Namer;
import dev.hapax.evaluation.grid.Cell;
import dev.hapax.evaluation.grid.Product;
import dev.hapax.evaluation.grid.Work;
import dev.hapax.measure.Embedding;
import dev.hapax.run.Illustrator;
import dev.hapax.run.InventRequest;
import dev.hapax.run.Inventing;
import dev.hapax.run.Learning;
import dev.hapax.run.PriorDraws;
import dev.hapax.run.PriorModel;
import dev.hapax.run.RunFolder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Invents and mixes words, draws with them, and says what the images look like.
 *
 * <pre>
 * product invent   run/, step-001000/   a word for a new member of a category, as Inventing leaves it
 * product mix      run/, step-001000/   a word for a child of pictures
 * product remind   0000.png ...         pictures of a parent
 * product draw     image.png
 * cell recognise   how much one image looks like each of many things
 * cell foresee     the same of what the prior draws for a prompt, without an image
 * </pre>
 */
record InventWork() implements Work<Studio.Place> {
    static final String INVENT = "invent";
    static final String MIX = "mix";
    static final String RECOGNISE = "recognise";
    static final String FORESEE = "foresee";
    static final String DRAWS = "draws";

    private static final int SAVE_EVERY = 50; // steps

    @Override
    public boolean goesOn(Product product) {
        return product.description().kind().equals(INVENT)
                || product.description().kind().equals(MIX);
    }

    @Override
    public void make(Product product, List<Path> needs, Path folder, Studio.Place place) throws IOException {
        JsonNode settings = product.description().settings();
        Studio studio = place.studio();
        InventSettings asked = new InventSettings(settings);
        switch (product.description().kind()) {
            case INVENT -> invent(asked.member(), folder, studio);
            case MIX -> {
                Namer namer =
                        new Namer(prior(studio), settings.path("picturebook").asBoolean());
                invent(asked.child(needs, namer.name(needs)), folder, studio);
            }
            case WordWork.REMIND -> DrawWork.remind(settings, folder, studio);
            case WordWork.DRAW -> DrawWork.draw(settings, needs, folder, studio);
            default -> throw new IllegalArgumentException("nobody makes a " + product.description());
        }
    }

    private static PriorModel prior(Studio studio) {
        return studio.prior()
                .orElseThrow(() -> new IllegalArgumentException("the studio has no prior; name one with --prior DIR"));
    }

    private static void invent(InventRequest request, Path folder, Studio studio) throws IOException {
        long steps = request.pace().steps();
        Path kept = folder.resolve(WordWork.stepName(steps));
        if (Files.isDirectory(kept)) {
            return; // a killed process came that far
        }
        RunFolder run = new RunFolder(folder.resolve("run"));
        Learning.Options options = new Learning.Options(SAVE_EVERY, 0, Learning.isRun(run.root()));
        Path word = new Inventing(
                        Illustrator.of(studio.model()),
                        prior(studio),
                        request,
                        run,
                        () -> Instant.EPOCH,
                        Optional.empty())
                .run(options, (metric, all) -> {
                    if (studio.stop().getAsBoolean()) {
                        throw new IllegalStateException("stopped at step " + metric.step());
                    }
                });
        LearnWork.keep(List.of(word), Optional.empty(), kept);
    }

    @Override
    public ObjectNode result(Cell cell, List<Path> needs, Studio.Place place) {
        JsonNode settings = cell.description().settings();
        return switch (cell.description().kind()) {
            case RECOGNISE -> recognise(settings, WordWork.image(needs.get(0)), place.studio());
            case FORESEE -> foresee(settings, needs, place.studio());
            default -> throw new IllegalArgumentException("nobody computes a " + cell.description());
        };
    }

    private static ObjectNode recognise(JsonNode settings, BufferedImage image, Studio studio) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        Embedding place = studio.judges().clip(image);
        ObjectNode clip = node.putObject(InventJudge.CLIP.key());
        for (String thing : LearnSettings.texts(settings.path("things"))) {
            String text = Comparison.phrase(settings.path("medium").asText(), thing);
            clip.put(thing, place.cosine(studio.judges().text(text).plain()));
        }
        if (settings.path("drawn").asBoolean()) {
            ObjectNode shares = node.putObject(InventJudge.READER.key());
            studio.judges().reader().orElseThrow().shares(image).forEach(shares::put);
        }
        return node;
    }

    private static ObjectNode foresee(JsonNode settings, List<Path> needs, Studio studio) {
        List<String> things = LearnSettings.texts(settings.path("things"));
        PriorDraws draws = new PriorDraws(
                prior(studio),
                settings.path("prompt").asText(),
                settings.path("negative").asText(),
                settings.path("seed").asLong());
        List<Embedding> places = draws.places(things.stream()
                .map(thing -> Comparison.phrase(settings.path("medium").asText(), thing))
                .toList());
        List<Path> words = needs.stream()
                .map(product ->
                        product.resolve(WordWork.stepName(settings.path("step").asLong())))
                .toList();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (Embedding drawn : draws.of(words, settings.path("count").asInt())) {
            ObjectNode each = node.withArray(DRAWS).addObject();
            for (int i = 0; i < places.size(); i++) {
                each.put(things.get(i), drawn.cosine(places.get(i)));
            }
        }
        return node;
    }
}
