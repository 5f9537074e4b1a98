package dev.hapax.diffusion;

import dev.hapax.lora.AppliedLora;
import java.util.StringJoiner;

/**
 * Settings as the text that image browsers know from the program AUTOMATIC1111: the prompt, followed by a tag for each
 * LoRA with its weight; a line for the negative prompt; a line of {@code name: value} pairs. For other programs and
 * people to read; {@link SettingsJson} is exact.
 */
final class SettingsText {
    private static final int SHORT_HASH = 10; // characters, as that program writes them
    private static final int SHORT_WORD_HASH = 12;
    private static final int SHORT_LORA_HASH = 12;

    private SettingsText() {}

    static String write(ImageSettings settings) {
        StringBuilder text = new StringBuilder(settings.prompt());
        for (AppliedLora lora : settings.loras()) {
            text.append(" <lora:" + lora.name() + ":" + number(lora.weight()) + ">");
        }
        if (!settings.negativePrompt().isEmpty()) {
            text.append("\nNegative prompt: ").append(settings.negativePrompt());
        }
        StringJoiner pairs = new StringJoiner(", ");
        pairs.add("Steps: " + settings.steps());
        pairs.add("Sampler: " + (settings.sampler().isEmpty() ? "default" : settings.sampler()));
        pairs.add("CFG scale: " + number(settings.guidance()));
        pairs.add("Seed: " + settings.seed());
        if (settings.index() > 0) {
            pairs.add("Image: " + settings.index());
        }
        pairs.add("Size: " + settings.size());
        pairs.add("Model hash: " + shortened(settings.modelHash(), SHORT_HASH));
        pairs.add("Model: " + settings.model());
        if (settings.start().isPresent() || settings.strength() < 1) {
            pairs.add("Denoising strength: " + number(settings.strength()));
        }
        settings.start().ifPresent(start -> {
            pairs.add("Init image hash: " + shortened(start.picture(), SHORT_HASH));
            start.mask().ifPresent(mask -> pairs.add("Mask hash: " + shortened(mask, SHORT_HASH)));
        });
        if (!settings.words().isEmpty()) {
            StringJoiner words = new StringJoiner(", ", "\"", "\"");
            settings.words().forEach((word, hash) -> words.add(word + ": " + shortened(hash, SHORT_WORD_HASH)));
            pairs.add("TI hashes: " + words);
        }
        if (!settings.loras().isEmpty()) {
            StringJoiner loras = new StringJoiner(", ", "\"", "\"");
            settings.loras().forEach(lora -> loras.add(lora.name() + ": " + shortened(lora.hash(), SHORT_LORA_HASH)));
            pairs.add("Lora hashes: " + loras);
        }
        if (!settings.boxes().isEmpty()) {
            StringJoiner boxes = new StringJoiner("; ", "\"", "\"");
            settings.boxes().forEach(box -> boxes.add(box.toString()));
            pairs.add("Boxes: " + boxes);
        }
        pairs.add("Version: hapax " + settings.version());
        return text.append('\n').append(pairs).toString();
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String shortened(String hash, int length) {
        return hash.substring(0, Math.min(length, hash.length()));
    }
}
