package dev.hapax.learning;

import dev.hapax.attention.AttentionMaps;
import dev.hapax.attention.AttentionProbe;
import dev.hapax.attention.Resolution;
import dev.hapax.attention.TextContext;
import dev.hapax.nn.Footprint;
import dev.hapax.schedule.NoiseSchedule;
import dev.hapax.tensor.Checkpoint;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Segments;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Conditioning;
import dev.hapax.text.Lexicon;
import dev.hapax.text.PromptField;
import dev.hapax.text.Site;
import dev.hapax.text.TokenIds;
import dev.hapax.text.Tokenizer;
import dev.hapax.text.Word;
import dev.hapax.unet.AddedConditions;
import dev.hapax.unet.UNet;
import dev.hapax.vae.Posterior;
import dev.hapax.vae.Vae;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Noises pictures and lets the U-Net denoise them under prompts that hold the words. Model and text encoder are frozen but
 * for what the method also moves.
 *
 * @param tokenizer of the model
 * @param encoder the model's text encoder
 * @param unet the model's U-Net
 * @param vae only its scaling of latents is used
 * @param schedule how the model was noised in its training
 * @param pictures what to learn from, all of one size; those that {@linkplain Example#regularises regularise} make a
 *     second half of each batch
 * @param batch samples of one step to learn from, at least 1
 * @param flip probability that a sample is mirrored; 0 where prompts tell left from right
 * @param rng the run's randomness
 * @param tunable how to build U-Net and text encoder anew; empty if no weight is to move
 * @param augmentation shows pictures to learn from otherwise in each step
 * @param checkpointing whether blocks of the models are run a second time for their gradients, which takes less memory
 *     and more time and gives the same numbers up to rounding ({@link Checkpoint})
 */
public record DenoisingForward(
        Tokenizer tokenizer,
        ClipTextEncoder encoder,
        UNet unet,
        Vae vae,
        NoiseSchedule schedule,
        List<Example> pictures,
        int batch,
        double flip,
        Rng rng,
        Optional<TunableModel> tunable,
        Augmentation augmentation,
        boolean checkpointing)
        implements Forward<DenoisingPass> {
    private static final Site ANYWHERE = new Site(0, 0); // words stand in the same places at all sites

    /** Checks the numbers. */
    public DenoisingForward {
        pictures = List.copyOf(pictures);
        if (pictures.stream().noneMatch(DenoisingForward::isSubject) || batch < 1 || !(flip >= 0 && flip <= 1)) {
            throw new IllegalArgumentException(
                    "need at least one picture, a batch >= 1 and a flip probability in [0, 1]," + " got "
                            + pictures.size() + ", " + batch + ", " + flip);
        }
        if (flip > 0) {
            pictures.forEach(picture -> picture.latents(true)); // says so if there are none
        }
    }

    /** Words alone are to be learned, from pictures as they are. */
    public DenoisingForward(
            Tokenizer tokenizer,
            ClipTextEncoder encoder,
            UNet unet,
            Vae vae,
            NoiseSchedule schedule,
            List<Example> pictures,
            int batch,
            double flip,
            Rng rng) {
        this(
                tokenizer,
                encoder,
                unet,
                vae,
                schedule,
                pictures,
                batch,
                flip,
                rng,
                Optional.empty(),
                Augmentation.NONE,
                false);
    }

    /** The same with checkpointing. */
    public DenoisingForward checkpointed() {
        return new DenoisingForward(
                tokenizer, encoder, unet, vae, schedule, pictures, batch, flip, rng, tunable, augmentation, true);
    }

    private WatchedMaps watched(Method<DenoisingPass> method) {
        return new WatchedMaps(method.attention(), unet.crossAttentionLayers());
    }

    private static boolean isSubject(Example picture) {
        return picture.regularises().isEmpty();
    }

    @Override
    public Tensor initial(Word word) {
        return word.initial(tokenizer, encoder);
    }

    @Override
    public Map<String, Tensor> initialWeights(Method<DenoisingPass> method) {
        if (method.tuning().isNone()) {
            return Map.of();
        }
        return tunable.orElseThrow(() -> new IllegalArgumentException(
                        method.name() + " moves weights, and this model was given without the means to build it anew;"
                                + " use one that is read from a folder"))
                .initial(method.tuning(), rng);
    }

    @Override
    public void check(Method<DenoisingPass> method) {
        Lexicon words = Lexicon.empty();
        for (Word word : method.words()) {
            tokenizer.requireNew(word.token());
            words = word.in(words, initial(word));
        }
        words.requireLayers(unet.crossAttentionLayers().size());
        for (Example picture : subjects()) {
            for (String prompt : method.prompts().all(picture)) {
                for (String prefix : augmentation.prefixes()) {
                    check(method, picture, tokenizer.encode(prefix + prompt, words, ANYWHERE));
                }
            }
        }
    }

    private static void check(Method<DenoisingPass> method, Example picture, TokenIds tokens) {
        method.words().stream()
                .filter(word -> method.prompts().holds(picture, word))
                .forEach(word -> WordPositions.of(tokens, word.token()));
        method.losses().stream()
                .flatMap(loss -> loss.mentions().stream())
                .forEach(word -> WordPositions.of(tokens, word));
    }

    private List<Example> subjects() {
        return pictures.stream().filter(DenoisingForward::isSubject).toList();
    }

    @Override
    public DenoisingPass pass(Method<DenoisingPass> method, Learned learned, long step) {
        List<Example> subjects = subjects();
        List<Example> regularisers =
                pictures.stream().filter(picture -> !isSubject(picture)).toList();
        Samples samples = new Samples();
        for (int i = 0; i < batch; i++) {
            Example picture = subjects.get(rng.below(subjects.size(), Purpose.SHUFFLE, step, i, 0));
            Augmentation.View view = augmentation.view(picture, isMirrored(step, i), rng, step, i);
            PromptField field = method.prompts().field(picture, rng, step, i).map(text -> view.prefix() + text);
            add(samples, picture, view, field, method.prompts().timestep(rng, step, i, schedule.timesteps()), step, i);
        }
        for (int i = batch; i < 2 * batch && !regularisers.isEmpty(); i++) {
            Example picture = regularisers.get(rng.below(regularisers.size(), Purpose.SHUFFLE, step, i, 0));
            Augmentation.View view = Augmentation.NONE.view(picture, isMirrored(step, i), rng, step, i);
            PromptField caption = PromptField.constant(picture.regularises().orElseThrow());
            add(
                    samples,
                    picture,
                    view,
                    caption,
                    rng.below(schedule.timesteps(), Purpose.TIMESTEP, step, i, 0),
                    step,
                    i);
        }
        return pass(method, learned, step, samples);
    }

    /**
     * The most memory that learning will hold.
     *
     * @param model bytes of the model's weights
     * @param prior whether there will be regularising pictures
     * @param twice whether with checkpointing
     */
    public MemoryEstimate memory(Method<DenoisingPass> method, long model, boolean prior, boolean twice) {
        Resolution latents = Resolution.of(pictures.get(0).latents().mean());
        Tuning tuning = method.tuning();
        int tokens = encoder.maxTokens();
        List<Footprint> blocks = new ArrayList<>(encoder.footprint(tokens, tuning.textEncoder()));
        blocks.addAll(
                unet.footprint(latents, tokens, tuning.moving(), watched(method).choice(latents)));
        try (Scope scope = Scope.open()) {
            Map<String, Tensor> moving = initialWeights(method);
            return MemoryEstimate.of(
                    new MemoryEstimate.Run(
                            model,
                            moving.values().stream().mapToLong(Tensor::elements).sum(),
                            moving.values().stream()
                                    .mapToLong(Tensor::elements)
                                    .max()
                                    .orElse(0),
                            tuning.rank().isPresent() ? TunedWeights.sums(moving) : 0,
                            prior ? 2 * batch : batch),
                    blocks,
                    twice);
        }
    }

    private DenoisingPass pass(Method<DenoisingPass> method, Learned learned, long step, Samples samples) {
        long[] t = samples.timesteps.stream().mapToLong(Long::longValue).toArray();
        Tensor latents = Tensor.cat(samples.clean, 0); // (b, c, h, w)
        Tensor noise = rng.normal(Purpose.NOISE, step, 0, latents.shape());
        Tensor noisy = schedule.addNoise(latents, noise, t);
        Lexicon words = learned.words();
        ClipTextEncoder reader =
                method.tuning().textEncoder() ? tunable.orElseThrow().textEncoder(learned.weights()) : encoder;
        UNet network = method.tuning().unet() == Tuning.UNetPart.NONE
                ? unet
                : tunable.orElseThrow().unet(learned.weights());
        Segments segments = checkpointing ? new Checkpoint() : Segments.KEPT;
        int layers = unet.crossAttentionLayers().size();
        Conditioning read = Conditioning.of(tokenizer, words, samples.fields, samples.timesteps, layers);
        List<Tensor> texts = read.perLayer(
                reader.encode(read.distinct(), words, segments).last()); // of each layer (b, tokens, width)

        WatchedMaps watched = watched(method);
        Optional<AttentionMaps> maps = watched.probe(latents);
        DType dtype = encoder.tokenTable().dtype();
        Tensor prediction = network.predict(
                noisy.to(dtype),
                Tensor.of(t, t.length),
                TextContext.perLayer(texts).holding(method.tuning().held()),
                AddedConditions.NONE,
                maps.<AttentionProbe>map(m -> m).orElse(AttentionProbe.NONE),
                segments);
        return new DenoisingPass(
                step,
                samples.pictures,
                samples.flipped,
                samples.timesteps,
                schedule.target(latents, noise, t),
                prediction.to(DType.FLOAT32),
                IntStream.range(0, t.length)
                        .mapToObj(i -> read.at(i, layers / 2))
                        .toList(),
                words,
                texts.get(layers / 2).to(DType.FLOAT32),
                maps.map(m -> watched.read(m, latents)),
                t.length - batch,
                samples.mask());
    }

    private void add(
            Samples samples,
            Example picture,
            Augmentation.View view,
            PromptField field,
            long timestep,
            long step,
            int sample) {
        samples.pictures.add(pictures.indexOf(picture));
        samples.flipped.add(isMirrored(step, sample));
        samples.timesteps.add(timestep);
        samples.fields.add(field);
        samples.clean.add(latents(view.latents(), step, sample));
        samples.masks.add(view.mask());
    }

    private boolean isMirrored(long step, int sample) {
        return rng.uniform(Purpose.AUGMENTATION, step, sample, 0) < flip;
    }

    private Tensor latents(Posterior posterior, long step, int sample) {
        Tensor z = posterior.sample(
                rng.normal(Purpose.VAE, step, sample, posterior.mean().shape()));
        return vae.toLatents(z.to(DType.FLOAT32));
    }
}
