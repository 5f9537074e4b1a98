package dev.hapax.vision.ask;

import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.ModelFolder;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Gradients;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import dev.hapax.text.PretrainedTokenizer;
import dev.hapax.vision.ImageProcessor;
import dev.hapax.vision.Raster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * BLIP-2 as an answerer. Reads one folder with {@code config.json}, {@code model.safetensors} (also in parts), {@code
 * preprocessor_config.json} and {@code tokenizer.json}, as transformers saves them; published are {@code
 * Salesforce/blip2-flan-t5-xl}, which Richardson et al. 2024 ask, and {@code Salesforce/blip2-opt-2.7b}.
 *
 * <p>T5 is asked the bare question, as Richardson et al. do; OPT, which only goes on writing, is given {@code Question:
 * ... Answer:} and answers with a line. The confidence is the probability that the model writes exactly the answer.
 */
public final class Blip2Answerer implements ModelAnswerer {
    private static final int TOKENS = 20; // transformers' default at the time of Richardson et al.
    private static final int T5_END = 1; // transformers' defaults
    private static final int OPT_END = 2;
    private static final int OPT_PADDING = 1;

    private final ModelFolder folder;
    private final PretrainedTokenizer tokenizer;
    private final ImageProcessor processor;
    private final Blip2 model;
    private final GreedyDecoding decoding;

    private Blip2Answerer(ModelFolder folder, PretrainedTokenizer tokenizer, DType dtype) {
        this.folder = folder;
        this.tokenizer = tokenizer;
        Config config = folder.config(ModelFolder.ROOT);
        processor = ImageProcessor.of(Config.read(folder.root().resolve("preprocessor_config.json")));
        model = Blip2.of(config, folder.weights(ModelFolder.ROOT, dtype));
        boolean t5 = model.language() instanceof T5;
        Path generation = folder.root().resolve("generation_config.json");
        decoding = GreedyDecoding.of(
                Files.isRegularFile(generation) ? Config.read(generation) : config.object("text_config"),
                TOKENS,
                t5 ? T5_END : OPT_END,
                t5 ? 0 : OPT_PADDING);
    }

    /**
     * Opens the answerer in a model's folder, in fp32.
     *
     * @throws dev.hapax.checkpoint.CheckpointException if a file is missing or damaged
     */
    public static Blip2Answerer open(Path model) {
        return open(model, DType.FLOAT32);
    }

    /**
     * The same in bf16, which needs half the memory, or in fp32.
     *
     * @throws IllegalArgumentException for fp16, in which T5 writes nonsense, and for types that are no such numbers
     */
    public static Blip2Answerer open(Path model, DType dtype) {
        if (dtype != DType.FLOAT32 && dtype != DType.BFLOAT16) {
            throw new IllegalArgumentException(
                    "BLIP-2 runs in FLOAT32 or BFLOAT16, got " + dtype + "; in FLOAT16 the states of T5 overflow");
        }
        return Opening.of(model, (folder, tokenizer) -> new Blip2Answerer(folder, tokenizer, dtype));
    }

    /** One answer, each of its tokens the most likely one; none if the model writes nothing. */
    @Override
    public List<Answer> ask(Raster picture, String question) {
        try (Gradients.Region frozen = Gradients.off();
                Scope scope = Scope.open()) {
            String text = model.language() instanceof T5 ? question : "Question: " + question + " Answer:";
            int room = model.language().maxTokens() - TOKENS - model.queries();
            long[] words =
                    Opening.question(tokenizer.encode(text), question, room).ids();
            long[] ids = new long[model.queries() + words.length];
            Arrays.fill(ids, model.imageToken());
            System.arraycopy(words, 0, ids, model.queries(), words.length);
            Tensor seen = model.projected(model.taken(model.image(processor.apply(picture))));
            Tensor prompt = model.prompt(Tensor.of(ids, 1, ids.length), seen);
            Tensor mask = Tensor.ones(DType.FLOAT32, 1, ids.length);
            Written answer = model.language().write(prompt, mask, decoding).get(0);
            String line = tokenizer
                    .decode(answer.ids().stream().mapToLong(Long::longValue).toArray())
                    .strip()
                    .lines()
                    .findFirst()
                    .orElse("");
            return Answer.distinct(List.of(new Answer(line, answer.probability())));
        }
    }

    @Override
    public String identity() {
        return "blip2 " + folder.hash();
    }

    /** Frees the model. */
    @Override
    public void close() {
        tokenizer.close();
        folder.close();
    }
}
