package dev.hapax.learning;

import dev.hapax.attention.AttentionMaps;
import dev.hapax.attention.AttentionProbe;
import dev.hapax.attention.LayerChoice;
import dev.hapax.attention.Resolution;
import dev.hapax.attention.TextContext;
import dev.hapax.attention.TokenMaps;
import dev.hapax.schedule.NoiseSchedule;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Rng;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.ClipTextEncoder;
import dev.hapax.text.Lexicon;
import dev.hapax.text.TokenIds;
import dev.hapax.text.Tokenizer;
import dev.hapax.text.Word;
import dev.hapax.unet.AddedConditions;
import dev.hapax.unet.UNet;
import dev.hapax.vae.Vae;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Noises pictures and lets the frozen U-Net denoise them under prompts that hold the words.
 *
 * @param tokenizer of the model
 * @param encoder the model's text encoder
 * @param unet the model's U-Net
 * @param vae only its scaling of latents is used
 * @param schedule how the model was noised in its training
 * @param pictures what to learn from, all of one size
 * @param batch samples of one step, at least 1
 * @param flip probability that a sample is mirrored; 0 where prompts tell left from right
 * @param rng the run's randomness
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
        Rng rng)
        implements Forward<DenoisingPass> {
    private static final int MAP_SIDE = 16; // MCPL and DisenDiff read the 16 x 16 maps

    /** Checks the numbers. */
    public DenoisingForward {
        pictures = List.copyOf(pictures);
        if (pictures.isEmpty() || batch < 1 || !(flip >= 0 && flip <= 1)) {
            throw new IllegalArgumentException(
                    "need at least one picture, a batch >= 1 and a flip probability in [0, 1]," + " got "
                            + pictures.size() + ", " + batch + ", " + flip);
        }
    }

    @Override
    public Tensor initial(Word word) {
        TokenIds tokens = tokenizer.encode(word.startsFrom());
        int n = tokens.length() - 2; // without begin and end
        Tensor ids = Tensor.of(tokens.ids(), tokens.ids().length).narrow(0, 1, n);
        Tensor rows = encoder.embeddings(ids, null).to(DType.FLOAT32); // (n, width)
        return n == word.vectors() ? rows : rows.mean(true, 0).repeat(word.vectors(), 1);
    }

    @Override
    public void check(Method<DenoisingPass> method) {
        Lexicon words = Lexicon.empty();
        for (Word word : method.words()) {
            tokenizer.requireNew(word.token());
            words = words.with(word.token(), initial(word));
        }
        for (Example picture : pictures) {
            for (String prompt : method.prompts().all(picture)) {
                TokenIds tokens = tokenizer.encode(prompt, words);
                method.words().stream()
                        .filter(word -> method.prompts().holds(picture, word))
                        .forEach(word -> WordPositions.of(tokens, word.token()));
                method.losses().stream()
                        .flatMap(loss -> loss.mentions().stream())
                        .forEach(word -> WordPositions.of(tokens, word));
            }
        }
    }

    @Override
    public DenoisingPass pass(Method<DenoisingPass> method, Lexicon words, long step) {
        List<Integer> chosen = new ArrayList<>();
        List<Boolean> flipped = new ArrayList<>();
        List<Long> timesteps = new ArrayList<>();
        List<TokenIds> prompts = new ArrayList<>();
        List<Tensor> clean = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
            int picture = rng.below(pictures.size(), Purpose.SHUFFLE, step, i, 0);
            boolean mirrored = rng.uniform(Purpose.AUGMENTATION, step, i, 0) < flip;
            chosen.add(picture);
            flipped.add(mirrored);
            timesteps.add((long) rng.below(schedule.timesteps(), Purpose.TIMESTEP, step, i, 0));
            prompts.add(tokenizer.encode(method.prompts().prompt(pictures.get(picture), rng, step, i), words));
            clean.add(latents(pictures.get(picture), mirrored, step, i));
        }
        long[] t = timesteps.stream().mapToLong(Long::longValue).toArray();
        Tensor latents = Tensor.cat(clean, 0); // (b, c, h, w)
        Tensor noise = rng.normal(Purpose.NOISE, step, 0, latents.shape());
        Tensor noisy = schedule.addNoise(latents, noise, t);
        Tensor text = encoder.encode(prompts, words).last(); // (b, tokens, width)

        Optional<AttentionMaps> maps = probe(method.attention(), latents);
        DType dtype = encoder.tokenTable().dtype();
        Tensor prediction = unet.predict(
                noisy.to(dtype),
                Tensor.of(t, batch),
                TextContext.of(text),
                AddedConditions.NONE,
                maps.<AttentionProbe>map(m -> m).orElse(AttentionProbe.NONE));
        return new DenoisingPass(
                step,
                chosen,
                flipped,
                timesteps,
                schedule.target(latents, noise, t),
                prediction.to(DType.FLOAT32),
                prompts,
                words,
                text.to(DType.FLOAT32),
                maps.map(m -> read(m, latents)));
    }

    private Tensor latents(Example picture, boolean mirrored, long step, int sample) {
        Tensor mean = picture.latents().mean();
        Tensor z = picture.latents().sample(rng.normal(Purpose.VAE, step, sample, mean.shape()));
        Tensor scaled = vae.toLatents(z.to(DType.FLOAT32));
        return mirrored ? scaled.flip(3) : scaled;
    }

    private Optional<AttentionMaps> probe(AttentionNeed need, Tensor latents) {
        LayerChoice choice = LayerChoice.at(mapResolution(latents));
        return switch (need) {
            case NONE -> Optional.empty();
            case VALUES -> Optional.of(AttentionMaps.detached(choice));
            case GRADIENT -> Optional.of(AttentionMaps.withGradient(choice));
        };
    }

    private TokenMaps read(AttentionMaps maps, Tensor latents) {
        return maps.at(mapResolution(latents));
    }

    private Resolution mapResolution(Tensor latents) {
        Resolution size = new Resolution((int) latents.size(2), (int) latents.size(3));
        return Resolution.nearest(size, unet.crossAttentionLayers(), MAP_SIDE);
    }
}
