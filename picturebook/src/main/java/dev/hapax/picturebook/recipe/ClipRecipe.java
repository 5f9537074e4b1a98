package dev.hapax.picturebook.recipe;

import dev.hapax.checkpoint.Config;
import dev.hapax.picturebook.world.Captions;
import dev.hapax.picturebook.world.Choices;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.picturebook.world.SceneSampler;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Tokenizer;
import dev.hapax.vision.ClipModel;
import dev.hapax.vision.ImageEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Trains both towers of CLIP (Radford et al. 2021) with hard negatives: beside its true caption each image also has to
 * refuse captions that are wrong in one respect (colors exchanged, relation turned round, another kind ...; Yuksekgonul
 * et al. 2023), for without them the text tower need not know what belongs to what.
 */
record ClipRecipe(Pixels pixels, PatchTruth truth, Tokenizer tokenizer) implements Fit.Loss<TaughtClip> {
    static final int TOKENS = 32;
    static final int WIDTH = 192;
    private static final int PROJECTION = 128;
    private static final int FALSE_CAPTIONS = 2; // of each image and step
    private static final int CAPTIONS_ALONE = 2; // for each image, of pairs without one
    private static final double PICTURE_WEIGHT = 0.25;
    static final int PATCH = 16; // pixels on a side
    private static final double NOTHING_WEIGHT = 0.25; // of patches without a thing, three quarters of all

    static Config text(int vocabulary) {
        return Config.of(Map.ofEntries(
                Map.entry("architectures", List.of("CLIPTextModelWithProjection")),
                Map.entry("model_type", "clip_text_model"),
                Map.entry("hidden_act", "gelu"),
                Map.entry("hidden_size", WIDTH),
                Map.entry("intermediate_size", 4 * WIDTH),
                Map.entry("layer_norm_eps", 1e-5),
                Map.entry("max_position_embeddings", TOKENS),
                Map.entry("num_attention_heads", 4),
                Map.entry("num_hidden_layers", 4),
                Map.entry("projection_dim", PROJECTION),
                Map.entry("bos_token_id", vocabulary - 2),
                Map.entry("eos_token_id", vocabulary - 1),
                Map.entry("pad_token_id", vocabulary - 1),
                Map.entry("vocab_size", vocabulary)));
    }

    static Config vision(int size) {
        return Config.of(Map.ofEntries(
                Map.entry("architectures", List.of("CLIPVisionModelWithProjection")),
                Map.entry("model_type", "clip_vision_model"),
                Map.entry("hidden_act", "gelu"),
                Map.entry("hidden_size", WIDTH),
                Map.entry("image_size", size),
                Map.entry("intermediate_size", 4 * WIDTH),
                Map.entry("layer_norm_eps", 1e-5),
                Map.entry("num_attention_heads", 4),
                Map.entry("num_channels", 3),
                Map.entry("num_hidden_layers", 4),
                Map.entry("patch_size", PATCH),
                Map.entry("projection_dim", PROJECTION)));
    }

    static Config whole(int vocabulary, int size) {
        return Config.of(Map.of(
                "projection_dim", PROJECTION,
                "text_config", text(vocabulary).json(),
                "vision_config", vision(size).json()));
    }

    @Override
    public Tensor of(TaughtClip taught, long step, int first, int count) {
        ClipModel clip = taught.clip();
        List<String> texts = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        List<Scene> scenes = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            SplittableRandom random = random(step, i);
            Scene scene = pixels.cache().scene(pixels.index(step, i));
            scenes.add(scene);
            texts.add(caption(scene, random));
            List<String> swapped = new Captions().swapped(scene);
            for (int k = 0; k < FALSE_CAPTIONS; k++) {
                wrong.add(swapped.get(random.nextInt(swapped.size())));
            }
        }
        texts.addAll(wrong);
        ImageEncoding pictures = clip.image().encode(pixels.batch(step, first, count, DType.BFLOAT16));
        Tensor image = pictures.projected(); // (count, projection)
        Tensor text = clip.text()
                .encode(ids(tokenizer, texts), null, null)
                .projected()
                .orElseThrow(); // (3 count, projection)
        Tensor logits = clip.logitsPerImage(image.to(DType.FLOAT32), text.to(DType.FLOAT32)); // (count, 3 count)
        Tensor own = Tensor.range(count).unsqueeze(1);
        // a false caption stands against its own image only: it may well be true of another
        Tensor foreign = Tensor.of(othersFalseCaptions(count), count, (1L + FALSE_CAPTIONS) * count);
        Tensor byImage = logits.plus(foreign).logSoftmax(1).gather(1, own).mean();
        Tensor byText = logits.narrow(1, 0, count)
                .logSoftmax(0)
                .transpose(0, 1)
                .gather(1, own)
                .mean();
        return byImage.plus(byText)
                .times(-0.5)
                .plus(patchLoss(taught, pictures.last(), step, first))
                .plus(pictureLoss(taught, pictures.pooled(), step, first))
                .plus(new SideTruth(scenes)
                        .loss(
                                taught.pictureSides().apply(pictures.pooled().unsqueeze(1)),
                                Tensor.ones(DType.FLOAT32, count, 1)))
                .plus(captionLoss(taught, step, first, count));
    }

    /** What is on which side, told from captions alone: of pairs that nobody draws, so there are as many as one likes. */
    private Tensor captionLoss(TaughtClip taught, long step, int first, int count) {
        List<Scene> scenes = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            SplittableRandom random = random(step, i).split();
            for (int k = 0; k < CAPTIONS_ALONE; k++) {
                Scene scene = new SceneSampler()
                        .sample(random.nextLong(), Choices.all().pairs());
                scenes.add(scene);
                texts.add(caption(scene, random));
            }
        }
        Tensor states =
                taught.clip().text().encode(ids(tokenizer, texts), null, null).last();
        return new SideTruth(scenes).loss(taught.captionSides().apply(states), ends(texts));
    }

    /** 1 at the end token and the padding after it, which have read the whole caption; 0 before: (texts, tokens). */
    private Tensor ends(List<String> texts) {
        float[] ends = new float[texts.size() * TOKENS];
        for (int i = 0; i < texts.size(); i++) {
            int end = tokenizer.encode(texts.get(i)).length() - 1;
            Arrays.fill(ends, i * TOKENS + end, (i + 1) * TOKENS, 1);
        }
        return Tensor.of(ends, texts.size(), TOKENS);
    }

    /** Cross entropy of the kind on each patch, from the last states (count, 1 + patches, width). */
    private Tensor patchLoss(TaughtClip taught, Tensor states, long step, int first) {
        int count = (int) states.size(0);
        int patches = truth.patches();
        long[] kinds = new long[count * patches];
        float[] weights = new float[count * patches];
        for (int i = 0; i < kinds.length; i++) {
            int kind = truth.kind(pixels.index(step, first + i / patches), i % patches);
            kinds[i] = kind;
            weights[i] = kind == TaughtClip.NOTHING ? (float) NOTHING_WEIGHT : 1;
        }
        Tensor logs = taught.patchKinds()
                .apply(states.narrow(1, 1, patches))
                .to(DType.FLOAT32)
                .logSoftmax(-1); // (count, patches, kinds + 1)
        Tensor right = logs.gather(-1, Tensor.of(kinds, count, patches, 1)).reshape(count, patches);
        Tensor weight = Tensor.of(weights, count, patches);
        return right.times(weight).sum().over(weight.sum()).negative();
    }

    /** Cross entropy of each kind's being in the picture or not, summed over kinds, from (count, width). */
    private Tensor pictureLoss(TaughtClip taught, Tensor pooled, long step, int first) {
        int count = (int) pooled.size(0);
        float[] signs = new float[count * TaughtClip.NOTHING];
        Arrays.fill(signs, -1);
        for (int i = 0; i < count; i++) {
            int row = i * TaughtClip.NOTHING;
            pixels.cache()
                    .scene(pixels.index(step, first + i))
                    .things()
                    .forEach(thing -> signs[row + thing.kind().ordinal()] = 1);
        }
        Tensor logits = taught.pictureKinds().apply(pooled).to(DType.FLOAT32); // (count, kinds)
        Tensor agreement = logits.times(Tensor.of(signs, count, TaughtClip.NOTHING));
        return agreement.sigmoid().clamp(1e-30, 1).log().sum().times(-PICTURE_WEIGHT / count);
    }

    private static String caption(Scene scene, SplittableRandom random) {
        return random.nextBoolean() ? new Captions().full(scene) : new Captions().varied(scene, random);
    }

    private static float[] othersFalseCaptions(int count) {
        float[] mask = new float[count * (1 + FALSE_CAPTIONS) * count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < FALSE_CAPTIONS * count; j++) {
                mask[(i * (1 + FALSE_CAPTIONS) + 1) * count + j] = j / FALSE_CAPTIONS == i ? 0 : -1e4f;
            }
        }
        return mask;
    }

    private SplittableRandom random(long step, int sample) {
        return new SplittableRandom((long) (pixels.rng().uniform(Purpose.TEXT, step, sample, 0) * 0x1p52));
    }

    /** Ids of prompts, (b, tokens). */
    static Tensor ids(Tokenizer tokenizer, List<String> prompts) {
        long[] ids = prompts.stream()
                .flatMapToLong(prompt -> LongStream.of(tokenizer.encode(prompt).ids()))
                .toArray();
        return Tensor.of(ids, prompts.size(), ids.length / prompts.size());
    }

    /** The parameters below the given names, such as those of one tower. */
    static Map<String, Tensor> only(Map<String, Tensor> parameters, String... prefixes) {
        return parameters.entrySet().stream()
                .filter(e -> List.of(prefixes).stream().anyMatch(e.getKey()::startsWith))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
