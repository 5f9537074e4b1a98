package dev.hapax.picturebook.recipe;

import dev.hapax.checkpoint.Config;
import dev.hapax.picturebook.world.Captions;
import dev.hapax.picturebook.world.Scene;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Purpose;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.Tokenizer;
import dev.hapax.vision.ClipModel;
import java.util.ArrayList;
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
record ClipRecipe(Pixels pixels, Tokenizer tokenizer) implements Fit.Loss<ClipModel> {
    static final int TOKENS = 32;
    static final int WIDTH = 192;
    private static final int PROJECTION = 128;
    private static final int FALSE_CAPTIONS = 2; // of each image and step

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
                Map.entry("patch_size", 16),
                Map.entry("projection_dim", PROJECTION)));
    }

    static Config whole(int vocabulary, int size) {
        return Config.of(Map.of(
                "projection_dim", PROJECTION,
                "text_config", text(vocabulary).json(),
                "vision_config", vision(size).json()));
    }

    @Override
    public Tensor of(ClipModel clip, long step, int first, int count) {
        List<String> texts = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        Captions captions = new Captions();
        for (int i = first; i < first + count; i++) {
            SplittableRandom random = random(step, i);
            Scene scene = pixels.cache().scene(pixels.index(step, i));
            texts.add(random.nextBoolean() ? captions.full(scene) : captions.varied(scene, random));
            List<String> swapped = captions.swapped(scene);
            for (int k = 0; k < FALSE_CAPTIONS; k++) {
                wrong.add(swapped.get(random.nextInt(swapped.size())));
            }
        }
        texts.addAll(wrong);
        Tensor image = clip.image()
                .encode(pixels.batch(step, first, count, DType.BFLOAT16))
                .projected(); // (count, projection)
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
        return byImage.plus(byText).times(-0.5);
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
