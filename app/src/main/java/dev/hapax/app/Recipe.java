package dev.hapax.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Takes what was not said on the command line from the YAML file of {@code --recipe}: the long names of options and their
 * values.
 */
final class Recipe implements IDefaultValueProvider {
    static final String OPTION = "--recipe";

    /** What a switch of the command line means; otherwise picocli would turn the recipe's value round. */
    static final String GIVEN = "true";

    private static final YAMLMapper YAML = new YAMLMapper();

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.longestName().equals(OPTION)) {
            return null;
        }
        Path file = option.command().findOption(OPTION).getValue();
        try {
            return file == null ? null : read(file, option.command()).get(plain(option));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(option.command().commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** The long names, without hyphens, of the options that were given: on the command line or by the recipe. */
    static Set<String> given(CommandSpec command) {
        Set<String> names = said(command);
        Path file = command.findOption(OPTION).getValue();
        if (file != null) {
            names.addAll(read(file, command).keySet());
        }
        return names;
    }

    /** The long names, without hyphens, of the options of the command line. */
    static Set<String> said(CommandSpec command) {
        Set<String> names = new TreeSet<>();
        command.commandLine().getParseResult().matchedOptionsSet().forEach(option -> names.add(plain(option)));
        return names;
    }

    private static Map<String, String> read(Path file, CommandSpec command) {
        TreeSet<String> known = new TreeSet<>();
        command.options().stream()
                .filter(option -> !option.longestName().equals(OPTION))
                .forEach(option -> known.add(plain(option)));
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> line : parsed(file).properties()) {
            require(
                    known.contains(line.getKey()),
                    "the recipe " + file + " has \"" + line.getKey() + "\", which is no option of hapax "
                            + command.name() + "; there are: " + String.join(", ", known));
            require(
                    line.getValue().isValueNode() && !line.getValue().isNull(),
                    "the recipe " + file + " gives \"" + line.getKey() + "\" the value " + line.getValue()
                            + "; write one number or text");
            values.put(line.getKey(), line.getValue().asText());
        }
        return values;
    }

    private static JsonNode parsed(Path file) {
        try {
            JsonNode content = YAML.readTree(Files.readString(file));
            require(content.isObject(), "the recipe " + file + " has no lines such as \"steps: 250\"");
            return content;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the recipe " + file + " is no YAML: " + e.getOriginalMessage(), e);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no recipe " + file, e);
        } catch (IOException e) {
            throw new IllegalArgumentException("the recipe " + file + " cannot be read: " + e, e);
        }
    }

    private static String plain(OptionSpec option) {
        return option.longestName().replaceFirst("^--(no-)?", "");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
