package dev.hapax.app;

import static dev.hapax.app.OneLine.mistake;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.hapax.checkpoint.SafetensorsWriter;
import dev.hapax.checkpoint.WordFile;
import dev.hapax.tensor.DType;
import dev.hapax.tensor.Scope;
import dev.hapax.tensor.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What may be wrong about words, boxes, pictures to begin from and LoRAs that are painted with. */
class BadGenerateInputTest extends BadInput {
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
                "the model sd-inpaint is for inpainting: its U-Net reads 9 channels, mask and masked picture among them;"
                        + " learn with the model that it was made from (weights with --lora RANK or --export-lora RANK)",
                CommandRun.of("learn", picture, "--prompt", PROMPT, "--model", inpainting, "--out", out));
        assertFalse(Files.exists(out), "nothing is left behind");
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
}
