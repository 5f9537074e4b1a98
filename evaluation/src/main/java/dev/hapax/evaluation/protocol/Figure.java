package dev.hapax.evaluation.protocol;

import static dev.hapax.evaluation.report.Better.HIGHER;
import static dev.hapax.evaluation.report.Better.NEITHER;

import dev.hapax.evaluation.report.Better;
import dev.hapax.evaluation.report.Measure;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is measured: {@code docs/methods/evaluation.md} has the formulas and sources. */
public enum Figure {
    MASK_IOU(
            Part.WORDS,
            "mask IoU",
            "intersection over union of where the word looks in its picture (attention above half of its largest) with the"
                    + " true pixels of its thing; U-Net of the model itself",
            HIGHER,
            3),
    DRAWS_OWN(
            Part.WORDS,
            "draws own",
            "share of images of the word alone that are nearer to the crop of its own thing than to the nearest of the"
                    + " others (leakage); CLIP, images; chance is 0.5 with two things",
            HIGHER,
            3),
    OWN_CROP(
            Part.WORDS,
            "own crop",
            "mean cosine of images of the word alone with the crop of its own thing; CLIP, images",
            HIGHER,
            3),
    OTHER_CROP(
            Part.WORDS,
            "other crop",
            "mean cosine of the same images with the nearest crop of another thing; CLIP, images",
            Better.LOWER,
            3),
    NORM_RATIO(
            Part.WORDS,
            "norm ratio",
            "length of the word's vectors over the mean length of the vocabulary's; 1 is an ordinary word",
            NEITHER,
            2),
    NEAREST(
            Part.WORDS,
            "nearest token",
            "cosine of the word with the nearest token of the vocabulary; the model's token table",
            NEITHER,
            3),
    TEXT(
            Part.IMAGES,
            "text alignment",
            "cosine of the image with its prompt, nouns in the places of the learned words; CLIP",
            HIGHER,
            3),
    TEXT_WITHOUT(
            Part.IMAGES,
            "text, words left out",
            "the same with the learned words left out, as Gal et al. 2022 measure it; CLIP",
            HIGHER,
            3),
    CLIP_SCORE(
            Part.IMAGES,
            "CLIPScore",
            "2.5 max(cosine, 0) with \"A photo depicts\" before the prompt with nouns (Hessel et al. 2021); CLIP",
            HIGHER,
            3),
    WHOLE(
            Part.IMAGES,
            "image alignment, whole",
            "mean cosine of the image with the whole pictures; CLIP, images",
            HIGHER,
            3),
    CROP(
            Part.IMAGES,
            "image alignment, crop",
            "mean cosine of images of one word with the crops of its thing; CLIP, images",
            HIGHER,
            3),
    PRESENT_CLIP(
            Part.IMAGES,
            "present (CLIP)",
            "share of the prompt's things whose noun is among the nearest of all candidates, as many as there are things;"
                    + " CLIP, zero-shot",
            HIGHER,
            3),
    PRESENT_READER(
            Part.IMAGES,
            "present (reader)",
            "share of the prompt's things whose kind Picturebook's attribute reader sees",
            HIGHER,
            3),
    PRESENT_DETECTOR(
            Part.IMAGES,
            "present (detector)",
            "how likely the prompt's things are in the image, on average, by the likeliest guess of a detector for each;"
                    + " DETR",
            HIGHER,
            3),
    COI_DETECTOR(
            Part.IMAGES,
            "CoI (detector)",
            "share of the other things of the prompt, of both where both are learned, that a detector is surer of than 0.8;"
                    + " DETR",
            HIGHER,
            3),
    COI_CLIP(
            Part.IMAGES,
            "CoI (CLIP)",
            "share of the other things of the prompt, of both where both are learned, whose noun is among the nearest of all"
                    + " candidates, as many as the prompt names things; CLIP, zero-shot",
            HIGHER,
            3),
    COI_READER(
            Part.IMAGES,
            "CoI (reader)",
            "share of the other things of the prompt, of both where both are learned, whose kind Picturebook's attribute"
                    + " reader sees",
            HIGHER,
            3),
    DINO(
            Part.IMAGES,
            "DINO",
            "mean cosine of the image with the crops of the prompt's one thing, or with the whole pictures; class tokens of"
                    + " DINO",
            HIGHER,
            3),
    READER_SIMILARITY(
            Part.IMAGES,
            "reader similarity",
            "the same with the last features of Picturebook's attribute reader in the place of DINO",
            HIGHER,
            3),
    DIVERSITY(
            Part.IMAGES,
            "diversity",
            "mean of 1 - cosine over all pairs of images of one prompt; CLIP, images",
            HIGHER,
            3),
    KIND_CHANGED(
            Part.CHANGES, "kind", "share of images in which the reader sees nothing of the thing's kind", NEITHER, 2),
    COLOR_CHANGED(Part.CHANGES, "color", "share of images in which the thing has another color", NEITHER, 2),
    PATTERN_CHANGED(Part.CHANGES, "pattern", "share of images in which the thing has another pattern", NEITHER, 2),
    STYLE_CHANGED(
            Part.CHANGES, "style", "share of images that are drawn in another style than the picture", NEITHER, 2),
    PLACE_CHANGED(Part.CHANGES, "place", "share of images before another background than the picture's", NEITHER, 2);

    /** Which table a figure stands in. */
    enum Part {
        /** About the words themselves. */
        WORDS,
        /** About what they draw. */
        IMAGES,
        /** What differs from the picture, by what was asked for. */
        CHANGES
    }

    private final Part part;

    @SuppressWarnings("ImmutableEnumChecker") // a record of texts
    private final Measure measure;

    Figure(Part part, String name, String meaning, Better better, int decimals) {
        this.part = part;
        this.measure = new Measure(name, meaning, better, decimals);
    }

    /** As a column of a table. */
    public Measure measure() {
        return measure;
    }

    /** Its key in results. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The CoI likelihood by each judge that may tell it. */
    static List<Figure> coi() {
        return List.of(COI_DETECTOR, COI_READER, COI_CLIP);
    }

    static List<Figure> of(Part part) {
        return Arrays.stream(values()).filter(figure -> figure.part == part).toList();
    }
}
