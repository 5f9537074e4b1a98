package dev.hapax.picturebook.prior;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.learning.Feedback;
import dev.hapax.learning.Learned;
import dev.hapax.learning.Method;
import dev.hapax.learning.PriorForward;
import dev.hapax.learning.PriorPass;
import dev.hapax.method.conceptlab.Calibration;
import dev.hapax.method.conceptlab.ConceptLab;
import dev.hapax.method.conceptlab.Context;
import dev.hapax.method.conceptlab.Negatives;
import dev.hapax.method.conceptlab.TextEmbeddings;
import dev.hapax.method.conceptlab.Thresholds;
import dev.hapax.picturebook.world.Captions;
import dev.hapax.picturebook.world.Choices;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.picturebook.world.render.Renderer;
import dev.hapax.prior.ImagePrior;
import dev.hapax.prior.LinearPrior;
import dev.hapax.run.PriorModel;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import dev.hapax.text.Word;
import dev.hapax.vision.ClipModel;
import dev.hapax.vision.Raster;
import dev.hapax.vision.ask.Answer;
import dev.hapax.vision.ask.VocabularyRanking;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** ConceptLab in Picturebook's spaces, where what is drawn means something. */
class SpacesTest {
    private static final List<Context> CONTEXTS =
            List.of(Context.of("a picture of a {}"), Context.of("a sketch of a {} on grass"));
    private static final List<String> PETS = List.of("cat", "dog", "rabbit", "bird", "fish");

    @Test
    void inTheSpaceOfTextsPublishedThresholdsLeaveNothingToLearnAndMeasuredOnesDo() throws URISyntaxException {
        try (Scope scope = Scope.open();
                PriorModel model = PriorModel.open(folder(), PriorModel.Kind.TEXT);
                TextEmbeddings space = new TextEmbeddings(model.tokenizer(), model.texts())) {
            PriorForward forward = forward(model, model.prior());
            Thresholds measured =
                    new Calibration(forward, space, CONTEXTS).texts("pet", PETS, List.of("vehicle", "building"));
            assertTrue(measured.ceiling() > measured.floor(), measured.toString());
            Word far = Word.of("<new>", "house");
            assertEquals(0, positivePull(forward, space, far, Thresholds.THINGS), 0, "all texts are alike enough");
            assertTrue(positivePull(forward, space, far, measured) > 1e-6);
        }
    }

    /** The size of the gradient of resembling alone. */
    private static double positivePull(PriorForward forward, TextEmbeddings space, Word word, Thresholds thresholds) {
        Method<PriorPass> method = ConceptLab.invent(
                word,
                CONTEXTS,
                List.of("pet"),
                List.of(1.0),
                new Negatives(List.of()),
                thresholds,
                1,
                space,
                Feedback.NONE);
        Tensor row = forward.initial(word).copy().requiresGrad(true);
        PriorPass pass = forward.pass(method, Learned.of(Lexicon.empty().with("<new>", row)), 0);
        Tensor loss = method.losses().get(1).of(pass);
        return Gradients.of(loss, List.of(row)).get(0).abs().sum().item();
    }

    @Test
    void throughThePriorAMemberLiesAboveTheFloorAndOtherThingsBelow() throws URISyntaxException {
        try (Scope scope = Scope.open();
                PriorModel model = PriorModel.open(folder(), PriorModel.Kind.PRIOR);
                TextEmbeddings space = new TextEmbeddings(model.tokenizer(), model.texts())) {
            PriorForward forward = forward(model, model.prior());
            Thresholds measured = new Calibration(forward, space, CONTEXTS).drawn("pet", PETS);
            assertTrue(measured.ceiling() > 0.5 && measured.floor() < measured.ceiling() - 0.1, measured.toString());
            Tensor cat = ClipModel.normalised(forward.draw(List.of("a picture of a cat"), Lexicon.empty(), 3));
            assertTrue(cat.matmul(space.of("a picture of a cat")).item() > measured.floor() + 0.1);
            assertTrue(cat.matmul(space.of("a picture of a house")).item() < measured.floor());
        }
    }

    @Test
    void aLinearPriorFittedOnPicturesFindsThoseOfOtherCaptions() throws URISyntaxException {
        try (Scope scope = Scope.open();
                Gradients.Region off = Gradients.off();
                PriorModel model = PriorModel.open(folder(), PriorModel.Kind.TEXT)) {
            List<Tensor> texts = new ArrayList<>();
            List<Tensor> images = new ArrayList<>();
            for (int i = 0; i < 80; i++) {
                Scene scene = scene(i);
                texts.add(text(model, new Captions().full(scene)));
                images.add(image(model, scene));
            }
            try (LinearPrior prior =
                    LinearPrior.fit(Tensor.cat(texts.subList(0, 60), 0), Tensor.cat(images.subList(0, 60), 0), 0.1)) {
                int nearer = 0;
                for (int i = 60; i < 80; i++) {
                    PriorForward forward = forward(model, prior);
                    Tensor drawn = forward.draw(List.of(new Captions().full(scene(i))), Lexicon.empty(), 0);
                    double own = cosine(drawn, images.get(i));
                    double other = cosine(drawn, images.get(i == 79 ? 60 : i + 1));
                    nearer += own > other ? 1 : 0;
                }
                assertTrue(nearer >= 16, nearer + " of 20 are nearer to their own picture");
                assertEquals(model.prior().width(), prior.width());
            }
        }
    }

    @Test
    void theMembersOfACategoryAreRankedByThePicture() throws URISyntaxException {
        try (Scope scope = Scope.open();
                PriorModel model = PriorModel.open(folder(), PriorModel.Kind.TEXT)) {
            PriorModel.Vision vision = model.requiredVision();
            try (TextEmbeddings names = model.names();
                    VocabularyRanking ranking = new VocabularyRanking(
                            vision.encoder(),
                            vision.processor(),
                            PETS,
                            word -> List.of(CONTEXTS.get(0).with(word)),
                            names::of)) {
                int right = 0;
                for (int i = 0; i < 10; i++) {
                    Kind kind = Kind.values()[i % 5]; // the pets come first
                    Scene scene = new SceneSampler()
                            .sample(i, Choices.all().singles().withKinds(EnumSet.of(kind), EnumSet.of(kind)));
                    var answers = ranking.ask(
                            Raster.of(new Renderer().render(scene, 128).image()), "What kind of pet is this?");
                    assertEquals(5, answers.size());
                    assertEquals(
                            1, answers.stream().mapToDouble(Answer::confidence).sum(), 1e-4);
                    right += answers.get(0).text().equals(kind.word()) ? 1 : 0;
                }
                assertTrue(right >= 8, right + " of 10");
            }
        }
    }

    private static PriorForward forward(PriorModel model, ImagePrior prior) {
        return new PriorForward(model.tokenizer(), model.texts(), prior, 2, new Rng(1));
    }

    private static Scene scene(int i) {
        return new SceneSampler().sample(900 + i);
    }

    private static Tensor image(PriorModel model, Scene scene) {
        return model.requiredVision()
                .embed(List.of(Raster.of(new Renderer().render(scene, 128).image())));
    }

    private static Tensor text(PriorModel model, String caption) {
        TokenIds tokens = model.tokenizer().encode(caption);
        return model.texts()
                .encode(List.of(tokens), Lexicon.empty())
                .projected()
                .orElseThrow();
    }

    private static double cosine(Tensor a, Tensor b) {
        double[] products = ClipModel.normalised(a)
                .times(ClipModel.normalised(b))
                .to(DType.FLOAT64)
                .toDoubles();
        return Arrays.stream(products).sum();
    }

    private static Path folder() throws URISyntaxException {
        Path landmark = Path.of(
                Objects.requireNonNull(PriorModel.class.getResource("/dev/hapax/picturebook/model/model_index.json"))
                        .toURI());
        return Objects.requireNonNull(landmark.getParent());
    }
}
