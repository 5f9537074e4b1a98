package dev.hapax.evaluation.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hapax.checkpoint.CheckpointException;
import dev.hapax.checkpoint.Config;
import dev.hapax.checkpoint.WordFile;
import dev.hapax.evaluation.grid.Product;
import dev.hapax.learning.PictureFile;
import dev.hapax.run.ClassNames;
import dev.hapax.run.InitWords;
import dev.hapax.run.RunFolder;
import dev.hapax.run.TextLines;
import dev.hapax.tensor.Scope;
import dev.hapax.text.Word;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Words that somebody has learned, on prompts of his own: each folder of words is a row. A picture whose name is a word's,
 * such as {@code a.png} or {@code a-2.png} for {@code <a>}, shows the thing of that word alone; all others are pictures of
 * the whole.
 *
 * @param words folders that {@code hapax learn} wrote, and word files
 * @param pictures a folder, or a picture
 * @param prompts a text file, one prompt in a line; lines that begin with {@code #} are left out
 */
public record OwnWords(List<Path> words, Path pictures, Path prompts) {
    /** Keeps a copy. */
    public OwnWords {
        words = List.copyOf(words);
    }

    /** The words of one row, and the weights that were learned with them. */
    private record Row(String name, Map<String, Path> files, Map<String, String> nouns, Optional<Path> weights) {}

    /**
     * The comparison to run.
     *
     * @throws CheckpointException if a file cannot be read, or a folder is empty
     * @throws IllegalArgumentException if a prompt uses a word that nobody learned, or none of the words
     */
    public Comparison on(Ground ground, Drawing drawing) {
        List<Row> rows = rows();
        Map<String, String> nouns = new LinkedHashMap<>();
        Set<String> tokens = new LinkedHashSet<>();
        rows.forEach(row -> {
            row.nouns().forEach(nouns::putIfAbsent);
            tokens.addAll(row.files().keySet());
        });
        Subject subject = subject(tokens, nouns);
        List<Ask> asks = asks(tokens);
        Map<String, Path> given = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        for (Row row : rows) {
            List<Ask> own = asks.stream()
                    .filter(ask -> row.files().keySet().containsAll(ask.words()))
                    .toList();
            if (own.isEmpty()) {
                throw new IllegalArgumentException("no prompt of " + prompts + " can be drawn with the words of "
                        + row.name() + ", which are " + row.files().keySet() + "; write one, or leave them out");
            }
            entries.add(new Entry(row.name(), subject, own, List.of(product(row, given)), List.of(0L)));
        }
        return new Comparison(
                "Learned words on prompts of one's own",
                "Each row draws the same prompts with words that were learned in another way. Intervals speak about other"
                        + " prompts of the same kind, not about other pictures.",
                Comparison.Unit.ASK,
                ground,
                Map.of(),
                drawing,
                entries,
                List.of(),
                Map.of("prompts", String.valueOf(asks.size())),
                given);
    }

    private List<Row> rows() {
        Map<String, Row> rows = new LinkedHashMap<>();
        for (Path path : words) {
            String own = String.valueOf(path.toAbsolutePath().normalize().getFileName());
            String name = rows.containsKey(own) ? path.toString() : own;
            Map<String, Path> files = new LinkedHashMap<>();
            Map<String, String> nouns = new LinkedHashMap<>();
            try (Scope scope = Scope.open()) {
                for (Path file : RunFolder.wordFilesOf(List.of(path))) {
                    WordFile word = WordFile.read(file);
                    files.put(word.token(), file);
                    noun(word).ifPresent(noun -> nouns.put(word.token(), noun));
                }
            }
            if (files.isEmpty()) {
                throw new IllegalArgumentException(
                        path + " was learned from a sentence without a word of its own, and words"
                                + " are compared here; learn it with one, as in --prompt \"a <v> dog\"");
            }
            rows.put(name, new Row(name, files, nouns, new RunFolder(path).changes()));
        }
        if (rows.size() < words.size()) {
            throw new IllegalArgumentException("the same words are given twice: " + words + "; give each folder once");
        }
        return List.copyOf(rows.values());
    }

    /** What a word is the name of: what it starts from; of a modifier, which starts from anything, what stands behind it. */
    static Optional<String> noun(WordFile word) {
        String settings = word.metadata().get("settings");
        if (settings != null && settings.contains("\"weights\":")) {
            Config run = Config.parse(word.token(), settings);
            Map<String, String> given = new LinkedHashMap<>();
            run.json()
                    .at("/weights/attention/classes")
                    .properties()
                    .forEach(each -> given.put(each.getKey(), each.getValue().asText()));
            given.keySet().retainAll(Set.of(word.token()));
            String name = ClassNames.of(run.text("prompt"), List.of(Word.of(word.token(), "a")), given)
                    .getOrDefault(word.token(), "");
            return name.isEmpty() ? Optional.empty() : Optional.of(name);
        }
        return Optional.ofNullable(word.metadata().get("init"));
    }

    private static Product product(Row row, Map<String, Path> given) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        for (Path file : row.files().values()) {
            String hash = Subject.hash(file);
            given.put(hash, file);
            node.withArray("files").add(hash);
        }
        row.weights().ifPresent(file -> {
            String hash = Subject.hash(file);
            given.put(hash, file);
            node.put("weights", hash);
        });
        return Product.of(WordWork.WORDS, node, List.of());
    }

    private Subject subject(Set<String> tokens, Map<String, String> nouns) {
        Map<String, String> stems = new TreeMap<>();
        new RunFolder(pictures)
                .wordFiles(List.copyOf(tokens))
                .forEach((word, file) -> stems.put(
                        file.getFileName()
                                .toString()
                                .replaceFirst("[.]safetensors$", "")
                                .toLowerCase(Locale.ROOT),
                        word));
        List<BufferedImage> whole = new ArrayList<>();
        Map<String, List<BufferedImage>> crops = new LinkedHashMap<>();
        for (PictureFile picture : PictureFile.readAll(List.of(pictures))) {
            String stem = picture.name().toLowerCase(Locale.ROOT).replaceFirst("-\\d+$", "");
            Optional.ofNullable(stems.get(stem))
                    .ifPresentOrElse(
                            word -> crops.computeIfAbsent(word, w -> new ArrayList<>())
                                    .add(picture.image()),
                            () -> whole.add(picture.image()));
        }
        if (whole.isEmpty()) {
            throw new CheckpointException(pictures + " has pictures of single words only (" + stems.keySet()
                    + "); add one of the whole, such as the one they were learned from");
        }
        return new Subject(
                "pictures", List.copyOf(tokens), whole, "", nouns, Map.of(), Map.of(), crops, Optional.empty());
    }

    private List<Ask> asks(Set<String> tokens) {
        List<Ask> asks = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        List<String> lines = TextLines.of(prompts, "prompt");
        for (int i = 0; i < lines.size(); i++) {
            String prompt = lines.get(i).strip();
            if (prompt.isEmpty() || prompt.startsWith("#") || !seen.add(prompt)) {
                continue;
            }
            String place = prompts + ", line " + (i + 1) + ",";
            for (String placeholder : InitWords.placeholders(prompt)) {
                if (!tokens.contains(placeholder)) {
                    throw new IllegalArgumentException(place + " uses " + placeholder + ", which nobody learned; the"
                            + " learned words are " + tokens + ": add the folder it is in with --words");
                }
            }
            List<String> used = tokens.stream().filter(prompt::contains).toList();
            if (used.isEmpty()) {
                throw new IllegalArgumentException(
                        place + " holds none of the learned words " + tokens + "; put one into it");
            }
            asks.add(Ask.of(prompt, prompt, used));
        }
        if (asks.isEmpty()) {
            throw new IllegalArgumentException(prompts + " holds no prompt; write one in each line");
        }
        return asks;
    }
}
