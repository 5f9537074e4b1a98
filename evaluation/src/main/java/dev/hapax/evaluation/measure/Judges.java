package dev.hapax.evaluation.measure;

import dev.hapax.measure.ClipJudge;
import dev.hapax.measure.DinoJudge;
import dev.hapax.measure.Embedding;
import dev.hapax.measure.TextAlignment;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Who judges images: CLIP always, DINO, Picturebook's attribute reader and a detector where there is one. Threads may
 * share them.
 */
public final class Judges implements AutoCloseable {
    private final ClipJudge clip;
    private final Optional<DinoJudge> dino;
    private final Optional<ReaderJudge> reader;
    private final Optional<DetectorJudge> detector;
    private final ConcurrentMap<String, TextAlignment.Text> texts = new ConcurrentHashMap<>();
    private final ConcurrentMap<BufferedImage, Map<String, Embedding>> references = new ConcurrentHashMap<>();

    private Judges(
            ClipJudge clip, Optional<DinoJudge> dino, Optional<ReaderJudge> reader, Optional<DetectorJudge> detector) {
        this.clip = clip;
        this.dino = dino;
        this.reader = reader;
        this.detector = detector;
    }

    /**
     * Opens judges in their folders.
     *
     * @throws dev.hapax.checkpoint.CheckpointException if one cannot be read
     */
    public static Judges open(Path clip, Optional<Path> dino, Optional<Path> reader, Optional<Path> detector) {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            return new Judges(
                    kept(ClipJudge.open(clip), opened),
                    dino.map(folder -> kept(DinoJudge.open(folder), opened)),
                    reader.map(folder -> kept(ReaderJudge.open(folder), opened)),
                    detector.map(folder -> kept(DetectorJudge.open(folder), opened)));
        } catch (RuntimeException e) {
            opened.forEach(judge -> close(judge, e));
            throw e;
        }
    }

    private static <J extends AutoCloseable> J kept(J judge, Deque<AutoCloseable> opened) {
        opened.push(judge);
        return judge;
    }

    private static void close(AutoCloseable judge, RuntimeException reason) {
        try {
            judge.close();
        } catch (Exception e) {
            reason.addSuppressed(e);
        }
    }

    /** Picturebook's attribute reader, if it judges. */
    public Optional<ReaderJudge> reader() {
        return reader;
    }

    /** The detector, if one judges. */
    public Optional<DetectorJudge> detector() {
        return detector;
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
        detector.ifPresent(judge -> hashes.put("detector", judge.hash()));
        return hashes;
    }

    /** Frees all of them. */
    @Override
    public void close() {
        detector.ifPresent(DetectorJudge::close);
        reader.ifPresent(ReaderJudge::close);
        dino.ifPresent(DinoJudge::close);
        clip.close();
    }
}
