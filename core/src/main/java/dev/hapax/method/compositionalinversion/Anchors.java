package dev.hapax.method.compositionalinversion;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The ordinary words that a learned one may lean on: the set A of general concepts of Zhang et al. 2024.
 *
 * @param names ordinary words or short phrases, each once
 */
public record Anchors(List<String> names) {

    /** Copies the list and checks that it holds something, nothing twice. */
    public Anchors {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("a vocabulary of anchors needs at least one name");
        }
        List<String> seen = new ArrayList<>();
        for (String name : names) {
            if (name.isBlank() || seen.contains(name)) {
                throw new IllegalArgumentException("anchors must be names, each once, got \"" + name + "\"");
            }
            seen.add(name);
        }
    }

    /** The 80 classes of COCO (Lin et al. 2014), which the paper suggests. */
    public static Anchors coco() {
        try (InputStream in = Objects.requireNonNull(Anchors.class.getResourceAsStream("coco.txt"))) {
            return new Anchors(names(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new IllegalStateException("the names of COCO's classes cannot be read from this library", e);
        }
    }

    /**
     * A file with one name in each line; empty lines and those that begin with # say nothing.
     *
     * @throws IllegalArgumentException if it cannot be read as text, names nothing, or names something twice
     */
    public static Anchors read(Path file) {
        try {
            List<String> names = names(Files.readString(file));
            if (names.isEmpty()) {
                throw new IllegalArgumentException(
                        file + " names no anchor; write one in each line, for example cat, dog, chair");
            }
            return new Anchors(names);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no file of anchors " + file, e);
        } catch (IOException e) {
            throw new IllegalArgumentException("the anchors in " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<String> names(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
    }

    /** These and others; what is here already is not added again. */
    public Anchors with(List<String> others) {
        List<String> all = new ArrayList<>(names);
        others.stream().filter(name -> !names.contains(name)).distinct().forEach(all::add);
        return new Anchors(all);
    }
}
