package dev.hapax.evaluation.probe;

import dev.hapax.diffusion.ImageGenerator;
import dev.hapax.diffusion.ImageRequest;
import dev.hapax.diffusion.Progress;
import dev.hapax.diffusion.StableDiffusion;
import dev.hapax.evaluation.measure.ReaderJudge;
import dev.hapax.method.matte.MatteCells;
import dev.hapax.picturebook.check.Reading;
import dev.hapax.picturebook.world.Captions;
import dev.hapax.picturebook.world.Choices;
import dev.hapax.picturebook.world.ColorName;
import dev.hapax.picturebook.world.Relation;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.run.Crew;
import dev.hapax.tensor.Engine;
import dev.hapax.text.CellTable;
import dev.hapax.text.PromptField;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Which cell carries what: the analysis of MATTE (Agarwal et al. 2025, figure 5) as an experiment. Images are drawn of
 * captions of Picturebook's world, but one cell of layers and timesteps is told a caption that contradicts the others in one
 * attribute. A reader says whether the image shows what this cell was told.
 *
 * @param model draws; must know Picturebook's captions
 * @param reader sees what is in an image
 * @param table the cells
 * @param scenes how many captions, at least 1
 * @param steps of the sampler (DDIM)
 * @param guidance of the prompt
 * @param seed of scenes and noise
 */
public record CellProbe(
        StableDiffusion model, ReaderJudge reader, CellTable table, int scenes, int steps, double guidance, long seed) {

    /** One image to draw. */
    private record Piece(int scene, ProbedAttribute attribute, int cell) {}

    private static final int NOWHERE = -1; // no cell is told otherwise
    private static final int EVERYWHERE = -2; // all cells are

    /** Checks the numbers. */
    public CellProbe {
        table.requireLayers(
                "the table of cells", model.unet().crossAttentionLayers().size());
        if (scenes < 1 || steps < 1) {
            throw new IllegalArgumentException(
                    "a probe needs at least 1 scene and 1 step, got " + scenes + " and " + steps);
        }
    }

    /** The paper's cells for a model, which a probe's proposal is compared with. */
    public static MatteCells papers(StableDiffusion model) {
        return MatteCells.byDepth(model.unet().crossAttentionLayers());
    }

    /** How many images it draws. */
    public int images() {
        return pieces().size();
    }

    private List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        for (int scene = 0; scene < scenes; scene++) {
            pieces.add(new Piece(scene, ProbedAttribute.COLOR, NOWHERE)); // read for all attributes
            for (ProbedAttribute attribute : ProbedAttribute.values()) {
                pieces.add(new Piece(scene, attribute, EVERYWHERE));
                for (int cell = 0; cell < table.cells(); cell++) {
                    pieces.add(new Piece(scene, attribute, cell));
                }
            }
        }
        return pieces;
    }

    /**
     * Draws and reads.
     *
     * @param progress hears how many images are done
     */
    public CellShares run(IntConsumer progress) {
        Map<ProbedAttribute, double[]> followed = new EnumMap<>(ProbedAttribute.class);
        Map<ProbedAttribute, Double> untold = new EnumMap<>(ProbedAttribute.class);
        Map<ProbedAttribute, Double> everywhere = new EnumMap<>(ProbedAttribute.class);
        for (ProbedAttribute attribute : ProbedAttribute.values()) {
            followed.put(attribute, new double[table.cells()]);
        }
        List<Piece> pieces = pieces();
        int[] done = {0};
        crew().run(IntStream.range(0, pieces.size()).boxed().toList(), i -> read(pieces.get(i)), reading -> {
            Piece piece = pieces.get(done[0]++);
            for (ProbedAttribute attribute : ProbedAttribute.values()) {
                double shown = attribute.shows(told(piece.scene(), attribute), reading) ? 1.0 / scenes : 0;
                if (piece.cell() == NOWHERE) {
                    untold.merge(attribute, shown, Double::sum);
                } else if (piece.attribute() == attribute && piece.cell() == EVERYWHERE) {
                    everywhere.merge(attribute, shown, Double::sum);
                } else if (piece.attribute() == attribute) {
                    Objects.requireNonNull(followed.get(attribute))[piece.cell()] += shown;
                }
            }
            progress.accept(done[0]);
        });
        Map<ProbedAttribute, List<Double>> shares = new EnumMap<>(ProbedAttribute.class);
        followed.forEach((attribute, counts) -> {
            double base = Objects.requireNonNull(untold.get(attribute));
            shares.put(
                    attribute,
                    java.util.Arrays.stream(counts)
                            .mapToObj(count -> count - base)
                            .toList());
            everywhere.merge(attribute, -base, Double::sum);
        });
        return new CellShares(table, shares, everywhere, scenes);
    }

    private Crew crew() {
        return new Crew(model.isSmall() ? Engine.threads() : 1);
    }

    private Reading read(Piece piece) {
        String caption = new Captions().full(scene(piece.scene()));
        String other = new Captions().full(told(piece.scene(), piece.attribute()));
        List<String> texts =
                new ArrayList<>(Collections.nCopies(table.cells(), piece.cell() == EVERYWHERE ? other : caption));
        if (piece.cell() >= 0) {
            texts.set(piece.cell(), other);
        }
        ImageRequest request = ImageRequest.of(caption)
                .withSeed(seed)
                .withImages(piece.scene(), 1)
                .withSteps(steps)
                .withGuidance(guidance)
                .withSampler("ddim");
        BufferedImage image = ImageGenerator.of(model)
                .generate(request, new PromptField(table, texts), Progress.NONE)
                .get(0)
                .image();
        return reader.read(image);
    }

    private Scene told(int number, ProbedAttribute attribute) {
        return attribute.contradict(scene(number), seed + number);
    }

    /** Two things side by side, in strong colors. */
    private Scene scene(int number) {
        Choices choices = Choices.all()
                .pairs()
                .withColors(EnumSet.complementOf(EnumSet.of(ColorName.WHITE, ColorName.GRAY)))
                .withRelations(Set.of(Relation.LEFT_OF, Relation.RIGHT_OF));
        return new SceneSampler().sample(seed * 100_003 + number, choices);
    }
}
