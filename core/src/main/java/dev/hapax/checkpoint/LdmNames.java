package dev.hapax.checkpoint;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the original latent diffusion code (Rombach et al. 2022) calls the modules of a U-Net, which diffusers has
 * renamed. It counts the blocks of all resolutions through: {@code down_blocks.1.attentions.0} of a model with two
 * residual blocks per resolution is {@code input_blocks.4.1}.
 */
public final class LdmNames {
    private static final Pattern FIRST_RESNET = Pattern.compile("down_blocks\\.0\\.resnets\\.(\\d+)\\..*");
    private static final Pattern BLOCK =
            Pattern.compile("(down|up)_blocks\\.(\\d+)\\.(resnets|attentions|downsamplers|upsamplers)\\.(\\d+)\\.(.+)");
    private static final Pattern MIDDLE = Pattern.compile("mid_block\\.(resnets|attentions)\\.(\\d+)\\.(.+)");

    private static final Map<String, String> OUTSIDE = Map.of(
            "conv_in", "input_blocks.0.0",
            "conv_norm_out", "out.0",
            "conv_out", "out.2",
            "time_embedding.linear_1", "time_embed.0",
            "time_embedding.linear_2", "time_embed.2",
            "add_embedding.linear_1", "label_emb.0.0",
            "add_embedding.linear_2", "label_emb.0.2");

    private static final Map<String, String> IN_RESNET = Map.of(
            "norm1", "in_layers.0",
            "conv1", "in_layers.2",
            "time_emb_proj", "emb_layers.1",
            "norm2", "out_layers.0",
            "conv2", "out_layers.3",
            "conv_shortcut", "skip_connection");

    private final Map<String, String> names = new TreeMap<>();
    private final Set<String> modules;
    private final int perDown;

    private LdmNames(Set<String> modules) {
        this.modules = modules;
        this.perDown = 1
                + (int) modules.stream()
                        .map(FIRST_RESNET::matcher)
                        .filter(Matcher::matches)
                        .mapToInt(matcher -> Integer.parseInt(matcher.group(1)))
                        .max()
                        .orElse(0);
        modules.forEach(module -> translated(module).ifPresent(name -> names.put(module, name)));
    }

    /** The names of a U-Net with these modules, which tell how many blocks it has. */
    public static LdmNames of(Set<String> modules) {
        return new LdmNames(modules);
    }

    /** The original name of a module; empty if it is none of a U-Net's. */
    public Optional<String> of(String module) {
        return Optional.ofNullable(names.get(module));
    }

    private Optional<String> translated(String module) {
        if (OUTSIDE.containsKey(module)) {
            return Optional.of(OUTSIDE.getOrDefault(module, module));
        }
        Matcher middle = MIDDLE.matcher(module);
        if (middle.matches()) {
            int index = Integer.parseInt(middle.group(2));
            boolean resnet = middle.group(1).equals("resnets");
            return Optional.of("middle_block." + (resnet ? 2 * index : 1) + "."
                    + (resnet ? inResnet(middle.group(3)) : middle.group(3)));
        }
        Matcher block = BLOCK.matcher(module);
        return block.matches() ? Optional.of(inBlock(block)) : Optional.empty();
    }

    private String inBlock(Matcher block) {
        int level = Integer.parseInt(block.group(2));
        int layer = Integer.parseInt(block.group(4));
        int perLevel = perDown + 1; // down: the residual blocks and a downsampling; up: one residual block more
        String rest = block.group(5);
        int down = level * perLevel + layer + 1;
        int up = level * perLevel + layer;
        return switch (block.group(1) + " " + block.group(3)) {
            case "down resnets" -> "input_blocks." + down + ".0." + inResnet(rest);
            case "down attentions" -> "input_blocks." + down + ".1." + rest;
            case "down downsamplers" -> "input_blocks." + (level + 1) * perLevel + ".0.op";
            case "up resnets" -> "output_blocks." + up + ".0." + inResnet(rest);
            case "up attentions" -> "output_blocks." + up + ".1." + rest;
            default -> "output_blocks." + (level * perLevel + perDown) + "." + (attends(level) ? 2 : 1) + "." + rest;
        };
    }

    private boolean attends(int upLevel) {
        return modules.contains("up_blocks." + upLevel + ".attentions.0.proj_in");
    }

    private static String inResnet(String rest) {
        return IN_RESNET.getOrDefault(rest, rest);
    }
}
