package dev.hapax.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.diffusion.ImageRequest;
import dev.hapax.learning.AdamW;
import dev.hapax.learning.Feedback;
import dev.hapax.learning.Method;
import dev.hapax.learning.PictureFile;
import dev.hapax.learning.PriorForward;
import dev.hapax.learning.PriorPass;
import dev.hapax.learning.StepReport;
import dev.hapax.learning.Trainer;
import dev.hapax.method.conceptlab.AdaptiveNegatives;
import dev.hapax.method.conceptlab.Calibration;
import dev.hapax.method.conceptlab.ConceptLab;
import dev.hapax.method.conceptlab.Context;
import dev.hapax.method.conceptlab.Negatives;
import dev.hapax.method.conceptlab.Question;
import dev.hapax.method.conceptlab.TextEmbeddings;
import dev.hapax.method.conceptlab.Thresholds;
import dev.hapax.tensor.Engine;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Lexicon;
import dev.hapax.vision.Raster;
import dev.hapax.vision.ask.AnswerText;
import dev.hapax.vision.ask.Answerer;
import dev.hapax.vision.ask.VocabularyRanking;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes a word with a prior, without pictures of it: ConceptLab, from a request to a {@link RunFolder}. A run that was
 * killed goes on from the last saved state, to the same numbers.
 */
public final class Inventing {
    /** Hears about a run. */
    public interface Listener {
        /** A step is done. */
        void step(Metric metric, long steps);

        /** The thresholds that are used. */
        default void thresholds(Thresholds thresholds) {}

        /** It was asked what the word looks like. */
        default void asked(Question question) {}

        /** An image on the way was written. */
        default void sample(Path image) {}
    }

    private final Illustrator illustrator;
    private final PriorModel prior;
    private final InventRequest request;
    private final RunFolder folder;
    private final InstantSource clock;
    private final Optional<Answerer> answerer;

    /**
     * Prepares a run.
     *
     * @param illustrator draws what the word looks like
     * @param prior what it is learned with
     * @param clock for the durations in {@code run.json}
     * @param answerer says what a picture shows; empty for CLIP's choice among the members
     */
    public Inventing(
            Illustrator illustrator,
            PriorModel prior,
            InventRequest request,
            RunFolder folder,
            InstantSource clock,
            Optional<Answerer> answerer) {
        this.illustrator = illustrator;
        this.prior = prior;
        this.request = request;
        this.folder = folder;
        this.clock = clock;
        this.answerer = answerer;
    }

    /**
     * Runs to the end, or until nothing new is named.
     *
     * @return the word's file
     * @throws IllegalArgumentException if word, prior and folder do not fit each other
     * @throws dev.hapax.checkpoint.CheckpointException if a file cannot be read or written
     */
    public Path run(Learning.Options options, Listener listener) {
        return Engine.withThreads(illustrator.threads(), () -> made(options, listener));
    }

    private Path made(Learning.Options options, Listener listener) {
        requireSomebodyToAsk();
        RunFile record = new RunFile(folder, request.pace().steps(), clock);
        Rng rng = new Rng(request.pace().seed());
        try (Scope scope = Scope.open();
                TextEmbeddings space = prior.names()) {
            PriorForward forward = new PriorForward(
                    prior.tokenizer(),
                    prior.texts(),
                    prior.prior(),
                    request.pace().batch(),
                    rng);
            illustrator.require(Lexicon.empty().with(request.word().token(), forward.initial(request.word())));
            List<PictureFile> pictures = new ArrayList<>();
            List<Tensor> parents = parents(pictures);
            Optional<Thresholds> thresholds = thresholds(forward, space);
            thresholds.ifPresent(listener::thresholds);
            ObjectNode settings = InventRecord.settings(request, thresholds, pictures, illustrator, prior, answerer);
            long resumeFrom = new ResumePoint(folder).check(options.resume(), settings);
            record.picturesRead();
            folder.create();
            try (Asked asked = new Asked(listener, space, resumeFrom)) {
                Method<PriorPass> method = method(space, parents, thresholds, rng, asked);
                LearnedFiles files = new LearnedFiles(folder, settings, method);
                try (Trainer<PriorPass> trainer = new Trainer<>(method, forward, pace())) {
                    new ResumePoint(folder).restore(trainer, resumeFrom);
                    record.write(settings, files, trainer, false);
                    new KeptTraining(folder, files, options)
                            .run(trainer, report -> sample(report, listener), listener::step);
                    files.saveWords(trainer);
                    record.write(settings, files, trainer, true);
                }
                return Objects.requireNonNull(files.words().get(request.word().token()));
            }
        }
    }

    private void requireSomebodyToAsk() {
        if (answerer.isEmpty()
                && request.goal() instanceof InventRequest.Member member
                && member.questions().isPresent()) {
            prior.requiredEyes();
        }
    }

    private List<Tensor> parents(List<PictureFile> pictures) {
        List<Tensor> parents = new ArrayList<>();
        if (request.goal() instanceof InventRequest.Child child) {
            for (Path parent : child.parents()) {
                List<PictureFile> own = PictureFile.readAll(List.of(parent));
                pictures.addAll(own);
                parents.add(prior.requiredVision()
                        .embed(own.stream()
                                .map(picture -> Raster.of(picture.image()))
                                .toList()));
            }
        }
        return parents;
    }

    private Optional<Thresholds> thresholds(PriorForward forward, TextEmbeddings space) {
        if (!(request.goal() instanceof InventRequest.Member member)) {
            return Optional.empty();
        }
        if (member.thresholds().isPresent()) {
            return member.thresholds();
        }
        Calibration calibration = new Calibration(forward, space, request.contexts());
        String category = member.categories().get(0);
        return Optional.of(
                prior.isOfNames()
                        ? calibration.texts(category, member.members(), member.unrelated())
                        : calibration.drawn(category, member.members()));
    }

    private Method<PriorPass> method(
            TextEmbeddings space, List<Tensor> parents, Optional<Thresholds> thresholds, Rng rng, Asked asked) {
        if (request.goal() instanceof InventRequest.Member member) {
            Negatives known = new Negatives(member.negatives());
            Feedback feedback = member.questions()
                    .<Feedback>map(questions -> asked.feedback(questions, member, known))
                    .orElse(Feedback.NONE);
            return ConceptLab.invent(
                    request.word(),
                    request.contexts(),
                    member.categories(),
                    member.weighting().weights(),
                    known,
                    thresholds.orElseThrow(),
                    member.attraction(),
                    space,
                    feedback);
        }
        InventRequest.Child child = (InventRequest.Child) request.goal();
        return ConceptLab.mix(
                request.word(), request.contexts(), parents, child.weighting().weights(), rng);
    }

    private Trainer.Settings pace() {
        return new Trainer.Settings(request.pace().steps(), request.pace().rate(), AdamW.Settings.DEFAULT);
    }

    private void sample(StepReport report, Listener listener) {
        draw("step", report.step() + 1, report.words(), request.look()).forEach(listener::sample);
    }

    /** Draws the word in these contexts, always from the same noise. */
    private List<Path> draw(String name, long step, Lexicon words, List<Context> contexts) {
        try (WordPainter painter = illustrator.with(words)) {
            List<ImageRequest> requests = contexts.stream()
                    .map(context -> painter.request(context.with(request.word().token()))
                            .withSeed(request.pace().seed()))
                    .toList();
            List<Path> files = IntStream.rangeClosed(1, requests.size())
                    .mapToObj(i -> folder.samples().resolve(String.format("%s-%06d-%d.png", name, step, i)))
                    .toList();
            int[] next = {0};
            painter.paint(requests, image -> Painter.write(files.get(next[0]++), image));
            return files;
        }
    }

    /** Asks, and tells of it. */
    private final class Asked implements AutoCloseable {
        private final Listener listener;
        private final TextEmbeddings space;
        private final QuestionLog log;
        private final List<VocabularyRanking> own = new ArrayList<>();

        Asked(Listener listener, TextEmbeddings space, long step) {
            this.listener = listener;
            this.space = space;
            this.log = new QuestionLog(folder.questions(), step);
        }

        AdaptiveNegatives feedback(AdaptiveNegatives.Settings questions, InventRequest.Member member, Negatives known) {
            Set<String> members =
                    member.members().stream().map(AnswerText::normalise).collect(Collectors.toSet());
            return new AdaptiveNegatives(
                    questions,
                    known,
                    name -> members.isEmpty() || members.contains(name),
                    (step, words) -> {
                        Path file = draw(
                                        "asked",
                                        step,
                                        words,
                                        List.of(request.look().get(0)))
                                .get(0);
                        return new AdaptiveNegatives.View(
                                folder.root().relativize(file).toString(),
                                Raster.of(PictureFile.read(file).image()));
                    },
                    answerer.orElseGet(() -> ranking(member)),
                    question -> {
                        log.add(question);
                        listener.asked(question);
                    });
        }

        private Answerer ranking(InventRequest.Member member) {
            PriorModel.Vision vision = prior.requiredEyes();
            VocabularyRanking ranking = new VocabularyRanking(
                    vision.encoder(),
                    vision.processor(),
                    member.members(),
                    word -> List.of(request.look().get(0).with(word)),
                    space::of);
            own.add(ranking);
            return ranking;
        }

        @Override
        public void close() {
            own.forEach(VocabularyRanking::close);
        }
    }
}
