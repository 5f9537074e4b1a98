package dev.hapax.text;

/** Which text encoders are how wide: tells somebody which model a learned word was made for. */
final class EmbeddingWidth {
    private EmbeddingWidth() {}

    static String mismatch(String word, long width, String what, long expected) {
        return "the vectors of " + word + " have width " + width + family(width) + ", " + what + " has width "
                + expected + family(expected) + "; use a word that was learned with this model";
    }

    private static String family(long width) {
        return switch ((int) width) {
            case 768 -> " (CLIP ViT-L: Stable Diffusion 1.x, the first encoder of SDXL)";
            case 1024 -> " (OpenCLIP ViT-H: Stable Diffusion 2.x)";
            case 1280 -> " (OpenCLIP ViT-bigG: the second encoder of SDXL, Kandinsky 2.2; also the first LDM)";
            default -> "";
        };
    }
}
