package dev.hapax.app;

import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.method.compositionalinversion.Anchors;
import dev.hapax.method.matte.MatteCells;
import dev.hapax.method.matte.MatteSettings;
import dev.hapax.picturebook.world.Kind;
import dev.hapax.run.CellSettings;
import dev.hapax.run.MethodName;
import dev.hapax.run.ObjectNoun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What pplus, prospect and matte need. */
final class CellOptions {
    private static final String PAPER = "paper";
    private static final String RECOMMENDED = "recommended";
    private static final String MODELS_TABLE = "cells.json";
    private static final double GENERATOR_RATE = 1e-4;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = RECOMMENDED,
            description =
                    "matte: paper (words alone as prompts, even timesteps) or recommended (sentences, stages drawn so"
                            + " that each word learns as often). Default: ${DEFAULT-VALUE}.")
    private String profile = RECOMMENDED;

    @Option(
            names = "--colors",
            paramLabel = "WORDS",
            description =
                    "matte: the picture's color words, such as \"blue,yellow\" or \"blue=0.7,yellow=0.3\". Default:"
                            + " found in the picture.")
    private @Nullable String colors;

    @Option(
            names = "--suffix",
            paramLabel = "S",
            defaultValue = "",
            description = "matte: of the four words, so that those of several pictures can stand in one prompt: with 2"
                    + " they are <c2>, <s2>, <o2> and <l2>. Default: none.")
    private String suffix = "";

    @Option(
            names = "--cells",
            paramLabel = "FILE",
            description = "matte: which word is read by which layers in which stages, as JSON (docs/methods/matte.md)."
                    + " Default: cells.json in the model's folder, else the paper's table, by depth.")
    private @Nullable Path cells;

    @Option(
            names = "--clip",
            paramLabel = "DIR",
            description =
                    "matte without --class: a CLIP that says what the picture shows. Default: with the little model"
                            + " its own, otherwise nobody does.")
    private @Nullable Path clip;

    @Option(
            names = "--generator",
            fallbackValue = Recipe.GIVEN,
            description = "prospect: learn a net that makes the vectors, as in the paper.")
    private boolean generator;

    CellSettings of(
            MethodName name, ModelOption model, Console console, List<Path> pictures, String noun, int vectors) {
        if (name != MethodName.MATTE) {
            return new CellSettings(
                    MatteSettings.RECOMMENDED, Optional.empty(), "", vectors, noun, Map.of(), generator);
        }
        Optional<MatteCells> table = table(model, console);
        MatteSettings settings = settings(table.isPresent());
        return new CellSettings(
                model.isBundled() ? settings.withNoun("picture") : settings,
                table,
                suffix,
                vectors,
                noun.isEmpty() ? seen(model, console, pictures) : noun,
                colors == null ? Map.of() : weights(colors),
                generator);
    }

    /** The learning rate of a method; a net takes a lower one than vectors do (ProSpect's configuration). */
    double rate(MethodName name) {
        return name == MethodName.PROSPECT && generator
                ? GENERATOR_RATE
                : name.usual().rate();
    }

    String suffix() {
        return suffix;
    }

    /** The shares of stages are those of the paper's table, so another one is drawn from evenly. */
    private MatteSettings settings(boolean ownTable) {
        return switch (profile) {
            case PAPER -> MatteSettings.PAPER;
            case RECOMMENDED ->
                ownTable ? MatteSettings.RECOMMENDED.withStageShares(List.of()) : MatteSettings.RECOMMENDED;
            default ->
                throw new IllegalArgumentException(
                        "there is no profile \"" + profile + "\"; there are: " + PAPER + ", " + RECOMMENDED);
        };
    }

    /** The user's table, or else one that lies in the model's folder. */
    private Optional<MatteCells> table(ModelOption model, Console console) {
        Path file = cells == null ? model.folder(console).resolve(MODELS_TABLE) : cells;
        if (cells == null && !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(MatteCells.parse(file.toString(), Files.readString(file)));
        } catch (IOException e) {
            throw new CheckpointException("the table of cells " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private String seen(ModelOption model, Console console, List<Path> pictures) {
        if (clip == null && !model.isBundled()) {
            return "";
        }
        String noun = ObjectNoun.of(
                clip == null ? model.folder(console) : clip,
                pictures,
                model.isBundled() ? "a picture of a {}" : "a photo of a {}",
                model.isBundled()
                        ? Arrays.stream(Kind.values()).map(Kind::word).toList()
                        : Anchors.coco().names());
        console.err().println("hapax: CLIP takes the object for \"" + noun + "\"; say otherwise with --class");
        return noun;
    }

    private static Map<String, Double> weights(String text) {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (String part : text.split(",")) {
            int equals = part.indexOf('=');
            String word = (equals < 0 ? part : part.substring(0, equals)).strip();
            try {
                double weight = equals < 0 ? 1 : Double.parseDouble(part.substring(equals + 1));
                if (word.isEmpty() || !(weight > 0) || Double.isInfinite(weight)) {
                    throw new NumberFormatException();
                }
                weights.put(word, weight);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        "\"" + part + "\" is no color; write --colors like \"blue,yellow\" or \"blue=0.7,yellow=0.3\"",
                        e);
            }
        }
        return weights;
    }
}
