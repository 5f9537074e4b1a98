package dev.hapax.app;

import dev.hapax.lora.WeightedLora;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The choice of LoRAs. */
final class LoraOption {
    @Option(
            names = "--lora",
            paramLabel = "FILE[=WEIGHT]",
            description =
                    "A LoRA to add to the model's weights: a .safetensors file or a folder of diffusers or PEFT, with"
                            + " the weight of its change (1 if left out); give as many as you like.")
    private List<String> loras = List.of();

    List<WeightedLora> chosen() {
        return loras.stream().map(LoraOption::parse).toList();
    }

    /** A path may hold equals signs itself, so one that is there is taken as it is. */
    private static WeightedLora parse(String text) {
        int sign = text.lastIndexOf('=');
        if (sign < 0 || Files.exists(Path.of(text))) {
            return new WeightedLora(Path.of(text), 1);
        }
        try {
            return new WeightedLora(Path.of(text.substring(0, sign)), Double.parseDouble(text.substring(sign + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "--lora " + text + ": \"" + text.substring(sign + 1) + "\" is no weight; write it like style=0.8",
                    e);
        }
    }
}
