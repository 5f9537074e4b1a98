package dev.hapax.evaluation.measure;

import dev.hapax.measure.ClipJudge;
import dev.hapax.measure.DinoJudge;
import dev.hapax.measure.Embedding;
import dev.hapax.measure.TextAlignment;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Who judges images: CLIP always, DINO and Picturebook's attribute reader where there is one. Threads may share them. */
public final class Judges implements AutoCloseable {
    private final ClipJudge clip;
    private final Optional<DinoJudge> dino;
    private final Optional<ReaderJudge> reader;
    private final ConcurrentMap<String, TextAlignment.Text> texts = new ConcurrentHashMap<>();
    private final ConcurrentMap<BufferedImage, Map<String, Embedding>> references = new ConcurrentHashMap<>();

    private Judges(ClipJudge clip, Optional<DinoJudge> dino, Optional<ReaderJudge> reader) {
        this.clip = clip;
        this.dino = dino;
        this.reader = reader;
    }

    /**
     * Opens judges in their folders.
     *
     * @throws dev.hapax.checkpoint.CheckpointException if one cannot be read
     */
    public static Judges open(Path clip, Optional<Path> dino, Optional<Path> reader) {
        ClipJudge first = ClipJudge.open(clip);
        try {
            Optional<DinoJudge> second = dino.map(DinoJudge::open);
            try {
                return new Judges(first, second, reader.map(ReaderJudge::open));
            } catch (RuntimeException e) {
                second.ifPresent(DinoJudge::close);
                throw e;
            }
        } catch (RuntimeException e) {
            first.close();
            throw e;
        }
    }

    /** Picturebook's attribute reader, if it judges. */
    public Optional<ReaderJudge> reader() {
        return reader;
    }

    /** The place of a text in CLIP's space, with and without CLIPScore's prefix; kept for the next time. */
    public TextAlignment.Text text(String text) {
        return texts.computeIfAbsent(text, t -> TextAlignment.Text.of(clip, t));
    }

    /** The place of a picture in CLIP's space. */
    public Embedding clip(BufferedImage picture) {
        return clip.of(picture);
    }

    /** As {@link #places}, for a picture that many images are compared with; kept for the next time it is given. */
    public Map<String, Embedding> reference(BufferedImage picture) {
        return references.computeIfAbsent(picture, this::places);
    }

    /** The place of a picture for each judge, by its name: {@code clip}, {@code dino}, {@code reader}. */
    public Map<String, Embedding> places(BufferedImage picture) {
        Map<String, Embedding> places = new TreeMap<>();
        places.put("clip", clip.of(picture));
        dino.ifPresent(judge -> places.put("dino", judge.of(picture)));
        reader.ifPresent(judge -> places.put("reader", judge.of(picture)));
        return places;
    }

    /** The hash of each judge's weights, by its name; reads all weights. */
    public Map<String, String> hashes() {
        Map<String, String> hashes = new TreeMap<>();
        hashes.put("clip", clip.hash());
        dino.ifPresent(judge -> hashes.put("dino", judge.hash()));
        reader.ifPresent(judge -> hashes.put("reader", judge.hash()));
        return hashes;
    }

    /** Frees all of them. */
    @Override
    public void close() {
        reader.ifPresent(ReaderJudge::close);
        dino.ifPresent(DinoJudge::close);
        clip.close();
    }
}
