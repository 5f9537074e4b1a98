package dev.hapax.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.checkpoint.WordFile;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be wrong is told in one line, with exit code 2 for a mistake and 1 for a failure, and nothing else is said. */
class BadInputTest {
    private static final String PROMPT = "a brown <a> cat and a rolling <b> ball";
    private static final Path MODEL = TinyModel.shared();

    @TempDir
    private Path folder;

    private Path picture;
    private Path out;

    @BeforeEach
    void draw() {
        picture = TinyModel.picture(folder.resolve("pair.png"));
        out = folder.resolve("out");
    }

    @Test
    void pictures() throws IOException {
        Path nowhere = folder.resolve("nowhere.png");
        mistake("there is no picture " + nowhere, learn(nowhere));
        Path text = Files.writeString(folder.resolve("text.png"), "no picture");
        mistake(text + " is not a picture that can be read: it has 10 bytes of another kind", learn(text));
        Path half = Files.write(folder.resolve("half.png"), Arrays.copyOf(Files.readAllBytes(picture), 60));
        mistake(half + " is damaged or of a rare kind", learn(half));
        Path empty = Files.createDirectory(folder.resolve("empty"));
        mistake("the folder " + empty + " has no pictures", learn(empty));
        assertFalse(Files.exists(out), "nothing is left behind");
    }

    @Test
    void prompts() {
        mistake("holds no word to learn", learn(picture, "--prompt", "a brown cat"));
        mistake("<a> has nothing to start from: \"and\" follows it", learn(picture, "--prompt", "a brown <a> and"));
        mistake("\"" + PROMPT + "\" does not hold <c>; put the word into it", learn(picture, "--init", "<c>=tree"));
        mistake("\"cat\" is already token", learn(picture, "--prompt", "a cat", "--init", "cat=dog"));
        mistake(
                "textual inversion learns one word at a time, got [<a>, <b>]",
                learn(picture, "--method", "textual-inversion"));
        mistake("mcpl-diverse needs RELATE in the sentence", learn(picture, "--method", "mcpl-diverse"));
        mistake("an adjective is bound to <c>", learn(picture, "--bind", "<c>=brown"));
        mistake("does not hold red; every prompt must", learn(picture, "--bind", "<a>=red"));
        String longer = "word ".repeat(80) + "<a> cat";
        mistake("does not hold <a> within the text encoder's length", learn(picture, "--prompt", longer));
        assertFalse(Files.exists(out), "nothing is left behind");
    }

    @Test
    void numbersAndNames() {
        mistake("steps must be at least 1, got 0", learn(picture, "--steps", "0"));
        mistake("steps must be at least 1, got -5", learn(picture, "--steps", "-5"));
        mistake("the learning rate must be positive, got -1.0", learn(picture, "--rate", "-1"));
        mistake("the batch must be at least 1, got 0", learn(picture, "--batch", "0"));
        mistake("prompt contrast compares samples of one batch, got a batch of 1", learn(picture, "--batch", "1"));
        mistake("there is no method \"mcpI\"; there are mcpl, mcpl-one", learn(picture, "--method", "mcpI"));
        mistake("must be a multiple of 2 for this model, got 15", learn(picture, "--size", "15"));
        mistake("'--steps': 'many' is not a long; see hapax learn --help", learn(picture, "--steps", "many"));
        mistake(
                "count and steps must be at least 1",
                CommandRun.of("generate", "a cat", "--model", MODEL, "--steps", 0));
        mistake("\"big\" is no size", CommandRun.of("generate", "a cat", "--model", MODEL, "--size", "big"));
        mistake(
                "width and height must be multiples of 2, got 15x15",
                CommandRun.of("generate", "a cat", "--model", MODEL, "--size", "15", "--out", out));
        mistake("sampler \"dim\" is unknown", CommandRun.of("generate", "a cat", "--model", MODEL, "--sampler", "dim"));
        mistake(
                "Missing required options: '--prompt=TEXT', '--out=DIR'; see hapax learn --help",
                CommandRun.of("learn", picture));
    }

    @Test
    void words() throws IOException {
        Path a = word("a.safetensors", "<a>", 1, 16);
        mistake(
                "the prompt uses <b>, the learned words are [<a>]; add the folder it is in with --word",
                generate("<a> and <b>", "--word", a));
        mistake("the prompt \"a cat\" holds none of the words [<a>]", generate("a cat", "--word", a));
        mistake("the prompt uses <a>, the learned words are []", generate("<a>"));
        Path nowhere = folder.resolve("nowhere");
        mistake("there is no word file or folder " + nowhere, generate("<a>", "--word", nowhere));
        Path empty = Files.createDirectory(folder.resolve("empty"));
        mistake("the folder " + empty + " has no word files", generate("<a>", "--word", empty));
        Path again = word("again.safetensors", "<a>", 1, 16);
        mistake("two files hold the word <a>: " + a + " and " + again, generate("<a>", "--word", a, "--word", again));
        Path cat = word("cat.safetensors", "cat", 1, 16);
        mistake("\"cat\" is already token", generate("a cat", "--word", cat));
        Path sd2 = word("sd2.safetensors", "<w>", 2, 1024);
        mistake(
                "the vectors of <w> have width 1024 (OpenCLIP ViT-H: Stable Diffusion 2.x), this text encoder has width 16",
                generate("<w>", "--word", sd2));
        Path weights = MODEL.resolve("unet").resolve("diffusion_pytorch_model.safetensors");
        mistake(weights + " is not a word file: it holds", generate("<a>", "--word", weights));
        Path text = Files.writeString(folder.resolve("text.safetensors"), "not at all a safetensors file");
        mistake(text + " is not a safetensors file", generate("<a>", "--word", text));
    }

    @Test
    void boxes() {
        mistake("the box of cat must have an area and lie within the image", box("cat=0.5,0.2,1.1,0.8"));
        mistake("\"cat=0.5,0.2,0.8\" says no box; write it like cat=0.1,0.2,0.5,0.8", box("cat=0.5,0.2,0.8"));
        mistake("there is a box for dog, but the prompt \"a cat\" does not hold it", box("dog=0.1,0.2,0.5,0.8"));
        assertFalse(Files.exists(out), "nothing is left behind");
    }

    private CommandRun box(String box) {
        return generate("a cat", "--box", box, "--steps", 1);
    }

    @Test
    void startsAndMasks() throws IOException {
        Path mask = TinyModel.mask(folder.resolve("mask.png"));
        Path nowhere = folder.resolve("nowhere.png");
        mistake("--mask needs a picture to begin from; give one with --start", generate("a cat", "--mask", mask));
        mistake("--strength needs a picture to begin from", generate("a cat", "--strength", "0.5"));
        mistake("--keep needs a picture to begin from", generate("a cat", "--keep"));
        mistake("no pixel can be kept; give a mask", generate("a cat", "--start", picture, "--keep"));
        mistake("there is no picture " + nowhere, generate("a cat", "--start", nowhere));
        mistake("there is no picture " + nowhere, generate("a cat", "--start", picture, "--mask", nowhere));
        Path text = Files.writeString(folder.resolve("text.png"), "no picture");
        mistake(text + " is not a picture that can be read", generate("a cat", "--start", picture, "--mask", text));
        for (String strength : List.of("0", "-1", "1.5", "NaN")) {
            mistake(
                    "strength must be in (0, 1], got " + Double.parseDouble(strength),
                    generate("a cat", "--start", picture, "--strength", strength));
        }
        mistake("'much' is not a double", generate("a cat", "--start", picture, "--strength", "much"));
        mistake("\"big\" is no size", generate("a cat", "--start", picture, "--size", "big"));

        BufferedImage image = new BufferedImage(400, 200, BufferedImage.TYPE_INT_ARGB);
        Path large = folder.resolve("large.png");
        ImageIO.write(image, "png", large.toFile());
        mistake(
                "the start picture has 400x200 pixels, this model is trained for 16x16; choose a size to draw it in,"
                        + " such as 24x12 (--size)",
                generate("a cat", "--start", large));
        mistake("the mask is transparent at (0, 0)", generate("a cat", "--start", picture, "--mask", large));
        Path black = folder.resolve("black.png");
        ImageIO.write(new BufferedImage(24, 20, BufferedImage.TYPE_INT_RGB), "png", black.toFile());
        mistake(
                "the mask leaves nothing to paint anew in 24x20 pixels",
                generate("a cat", "--start", picture, "--mask", black));

        Path inpainting = TinyModel.inpainting();
        String needed = "this model is for inpainting: its U-Net reads 9 channels, latents, mask and masked picture;"
                + " give it a picture and a mask (--start, --mask)";
        mistake(needed, CommandRun.of("generate", "a cat", "--model", inpainting, "--out", out));
        mistake(needed, CommandRun.of("generate", "a cat", "--model", inpainting, "--start", picture, "--out", out));
        mistake(
                "the model sd-inpaint is for inpainting: its U-Net reads 9 channels",
                CommandRun.of("learn", picture, "--prompt", PROMPT, "--model", inpainting, "--out", out));
        assertFalse(Files.exists(out), "nothing is left behind");
    }

    @Test
    void aUNetOfOtherChannels() throws IOException {
        Path unet = TinyModel.copyTo(folder.resolve("model")).resolve("unet");
        Path config = unet.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"in_channels\": 4", "\"in_channels\": 8"));
        change(
                unet.resolve("diffusion_pytorch_model.safetensors"),
                "conv_in.weight",
                tensor -> Tensor.cat(List.of(tensor, tensor), 1));
        mistake(
                "the U-Net reads 8 channels; this library draws with 4 (latents) or 9 (for inpainting)",
                CommandRun.of("generate", "a cat", "--model", unet.getParent(), "--out", out));
    }

    @Test
    void loras() throws IOException {
        Path loras = MODEL.resolveSibling("lora");
        Path style = loras.resolve("kohya").resolve("lora.safetensors");
        Path nowhere = folder.resolve("nowhere.safetensors");
        mistake("there is no LoRA file or folder " + nowhere, generate("a cat", "--lora", nowhere));
        mistake("there is no LoRA file or folder " + nowhere, generate("a cat", "--lora", nowhere + "=0.5"));
        mistake("\"much\" is no weight; write it like style=0.8", generate("a cat", "--lora", style + "=much"));
        mistake(
                "must be a number other than 0, got 0.0; leave the file out",
                generate("a cat", "--lora", style + "=0"));
        mistake(
                style + " and " + style + " are the same LoRA; give it once, with one weight",
                generate("a cat", "--lora", style, "--lora", style + "=0.5"));
        Path torch = loras.resolve("diffusers-old").resolve("pytorch_lora_weights.bin");
        mistake(torch + " is a file of PyTorch, of which only safetensors are read", generate("a", "--lora", torch));
        Path unet = MODEL.resolve("unet").resolve("diffusion_pytorch_model.safetensors");
        mistake(unet + " is no LoRA: none of its ", generate("a cat", "--lora", unet));

        String name = "unet.mid_block.attentions.0.transformer_blocks.%d.attn2.to_k.lora.%s.weight";
        Path sd2 = lora("sd2.safetensors", name.formatted(0, "%s"), 1024, 24);
        mistake(
                sd2
                        + " changes a mid_block.attentions.0.transformer_blocks.0.attn2.to_k.weight of shape [24, 1024], this"
                        + " model's has [24, 16]; the file fits Stable Diffusion 2.x (text width 1024); use a LoRA that"
                        + " was trained for this model's family",
                generate("a cat", "--lora", sd2));
        Path xl = lora("xl.safetensors", name.formatted(9, "%s"), 2048, 24);
        mistake(
                xl + ": 2 of 2 tensors match nothing in this model's unet, the first module is"
                        + " mid_block.attentions.0.transformer_blocks.9.attn2.to_k; the nearest is"
                        + " mid_block.attentions.0.transformer_blocks.0.attn2.to_k; the file fits Stable Diffusion XL"
                        + " (text width 2048)",
                generate("a cat", "--lora", xl));
        Path untrained = lora("zero.safetensors", name.formatted(0, "%s"), 16, 24);
        mistake(untrained + " changes nothing: all its 2 tensors matched", generate("a cat", "--lora", untrained));
        assertFalse(Files.exists(out), "nothing is left behind");
    }

    @Test
    void models() throws IOException {
        Path nowhere = folder.resolve("nowhere");
        mistake(nowhere + " is not a folder", CommandRun.of("model", "info", nowhere));
        Path empty = Files.createDirectory(folder.resolve("empty"));
        mistake(empty + " is not a model folder", CommandRun.of("generate", "a cat", "--model", empty));
        Path model = TinyModel.copyTo(folder.resolve("model"));
        Path vae = model.resolve("vae");
        Path weights = vae.resolve("diffusion_pytorch_model.safetensors");
        byte[] whole = Files.readAllBytes(weights);

        Files.write(weights, Arrays.copyOf(whole, whole.length - 100));
        mistake(weights + " is truncated", CommandRun.of("generate", "a cat", "--model", model));
        Files.write(
                weights,
                header(
                        "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                                + "\"y\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
                        12));
        mistake("the file is damaged (tensors overlap)", CommandRun.of("generate", "a cat", "--model", model));
        Files.write(weights, header("{\"x\":{\"dtype\":\"F4\",\"shape\":[2],\"data_offsets\":[0,1]}}", 1));
        mistake("dtype F4 is not read by this library", CommandRun.of("generate", "a cat", "--model", model));
        try (Scope scope = Scope.open()) {
            SafetensorsWriter.write(
                    weights, Map.of("encoder.conv_in.weight", Tensor.zeros(DType.FLOAT32, 2, 2)), Map.of());
        }
        mistake(
                "vae: encoder.conv_in.weight must have shape [8, 3, 3, 3], the file has [2, 2]",
                CommandRun.of("generate", "a cat", "--model", model));
        Files.delete(weights);
        mistake(vae + " has no weights", CommandRun.of("generate", "a cat", "--model", model));
        Files.delete(vae.resolve("config.json"));
        mistake(model + " has no part \"vae\"; it has [", CommandRun.of("generate", "a cat", "--model", model));
    }

    @Test
    void folders() throws IOException {
        assertEquals(0, learn(picture, "--steps", "1").code());
        mistake("the folder " + out + " holds a run already", learn(picture, "--steps", "1"));
        mistake(
                "had other settings: seed was 0 and is now 3",
                learn(picture, "--steps", "1", "--seed", "3", "--resume"));
        Path other = folder.resolve("other");
        mistake(
                "the folder " + other + " holds no run to go on with",
                CommandRun.of("learn", picture, "--prompt", PROMPT, "--model", MODEL, "--out", other, "--resume"));
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        mistake(
                "the folder " + file + " cannot be made",
                CommandRun.of("learn", picture, "--prompt", PROMPT, "--model", MODEL, "--out", file, "--steps", 1));
    }

    @Test
    void aFullDiskIsAFailureAndLosesNothing() throws IOException {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "no device that is always full");
        assertEquals(0, learn(picture, "--steps", "1").code());
        Path word = out.resolve("a.safetensors");
        byte[] before = Files.readAllBytes(word);
        Files.createSymbolicLink(out.resolve("a.safetensors.part"), full);
        CommandRun run = learn(picture, "--steps", "2", "--resume");
        String said = run.err()
                .lines()
                .filter(line -> line.startsWith("hapax: "))
                .findFirst()
                .orElse(run.err());
        assertEquals(
                "hapax: " + word + " cannot be written: No space left on device; what was there before is untouched",
                said);
        assertEquals(1, run.code());
        assertArrayEquals(before, Files.readAllBytes(word));
    }

    @Test
    void aWordThatDoesNotMoveIsAFailure() throws IOException {
        Path model = TinyModel.copyTo(folder.resolve("model"));
        stop(model.resolve("unet").resolve("diffusion_pytorch_model.safetensors"));
        CommandRun run = CommandRun.of(
                "learn",
                picture,
                "--prompt",
                PROMPT,
                "--method",
                "mcpl-one",
                "--model",
                model,
                "--out",
                out,
                "--steps",
                30,
                "--batch",
                1);
        String last = run.err().lines().reduce("", (first, second) -> second);
        assertTrue(last.startsWith("hapax: <a> has not moved in 20 steps"), run.err());
        assertEquals(1, run.code());
    }

    @Test
    void surroundingsThatMakeItSlowAreToldOnce() {
        CommandRun run = CommandRun.in(
                Map.of("OPENBLAS_CORETYPE", "Haswell", "OMP_WAIT_POLICY", "passive", "OPENBLAS_NUM_THREADS", "1"),
                "generate",
                "<a>",
                "--model",
                MODEL);
        assertEquals(2, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("hapax: this will be slow: OPENBLAS_CORETYPE is set"), run.err());
    }

    /** Makes a U-Net deaf to its text: what it reads of it is multiplied by nothing. */
    private static void stop(Path weights) {
        change(weights, "attn2.to_out.0.weight", Tensor::zerosLike);
    }

    private static void change(Path weights, String part, UnaryOperator<Tensor> change) {
        try (Scope scope = Scope.open();
                dev.hapax.checkpoint.SafetensorsFile file = dev.hapax.checkpoint.SafetensorsFile.open(weights)) {
            Map<String, Tensor> changed = new java.util.TreeMap<>();
            for (String name : file.names()) {
                Tensor tensor = file.tensor(name);
                changed.put(name, name.contains(part) ? change.apply(tensor) : tensor);
            }
            SafetensorsWriter.write(weights, changed, Map.of());
        }
    }

    private CommandRun learn(Path from, String... more) {
        List<Object> arguments = new ArrayList<>(List.of("learn", from, "--model", MODEL, "--out", out));
        if (!List.of(more).contains("--prompt")) {
            arguments.addAll(List.of("--prompt", PROMPT));
        }
        arguments.addAll(List.of((Object[]) more));
        return CommandRun.of(arguments.toArray());
    }

    private CommandRun generate(String prompt, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of("generate", prompt, "--model", MODEL, "--out", out));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray());
    }

    private Path word(String file, String token, int vectors, int width) {
        Path path = folder.resolve(file);
        try (Scope scope = Scope.open()) {
            new WordFile(token, Tensor.ones(DType.FLOAT32, vectors, width), Map.of()).write(path);
        }
        return path;
    }

    /** A LoRA of rank 4 as training begins with: nothing in its second factor. */
    private Path lora(String file, String name, int in, int outWidth) {
        Path path = folder.resolve(file);
        try (Scope scope = Scope.open()) {
            SafetensorsWriter.write(
                    path,
                    Map.of(
                            name.formatted("down"), Tensor.ones(DType.FLOAT32, 4, in),
                            name.formatted("up"), Tensor.zeros(DType.FLOAT32, outWidth, 4)),
                    Map.of());
        }
        return path;
    }

    private static byte[] header(String json, int data) {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + text.length + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(text.length)
                .put(text)
                .array();
    }

    private static void mistake(String expected, CommandRun run) {
        assertTrue(run.err().startsWith("hapax: ") && run.err().contains(expected), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertEquals("", run.out());
        assertEquals(2, run.code());
    }
}
