package dev.hapax.evaluation.protocol;

import dev.hapax.method.disendiff.DisenDiffSettings;
import dev.hapax.method.mcpl.McplSettings;
import dev.hapax.picturebook.world.Background;
import dev.hapax.picturebook.world.Style;
import dev.hapax.run.MethodName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The claims of DisenDiff (Zhang et al. 2024): two things of one picture, each a modifier before its class, against Textual
 * Inversion, DreamBooth and Custom Diffusion, and with each of its parts left out.
 *
 * <p>Ten prompts for both things, for the first and for the second. Without pictures of the user's it draws ten held-out
 * scenes of Picturebook; the paper's ten are pictures in a folder ({@link SubjectFolder}).
 */
public final class DisenDiffProtocol implements Protocol {
    private static final DisenDiffSettings SHIPPED = DisenDiffSettings.SHIPPED;

    /** The words alone, without regularisers. */
    static final Variant INVERSION = Variant.of("textual inversion", MethodName.MCPL_ONE, McplSettings.PLAIN);

    static final Variant DREAMBOOTH = Variant.of("DreamBooth", MethodName.DREAMBOOTH, SHIPPED);
    static final Variant CUSTOM = Variant.of("Custom Diffusion", MethodName.CUSTOM_DIFFUSION, SHIPPED);
    static final Variant WHOLE = Variant.of("DisenDiff", MethodName.DISENDIFF, SHIPPED);
    static final Variant UNBOUND = without("L_bind", SHIPPED.withWeights(0, SHIPPED.separateWeight()));
    static final Variant UNSEPARATED = without("L_s&s", SHIPPED.withWeights(SHIPPED.bindWeight(), 0));
    static final Variant UNSMOOTHED = without("smoothing", SHIPPED.withMaps(false, SHIPPED.suppressions()));
    static final Variant UNSUPPRESSED = without("suppression", SHIPPED.withMaps(SHIPPED.smooth(), 0));

    private static final String PAPER = "Zhang et al. 2024 (arXiv 2403.18551), section 4";

    private static final String OURS = "our own bar";

    private static Variant without(String part, DisenDiffSettings attention) {
        return Variant.of("DisenDiff without " + part, MethodName.DISENDIFF, attention);
    }

    /** The rows of the tables. */
    static List<Variant> variants() {
        return List.of(INVERSION, DREAMBOOTH, CUSTOM, WHOLE, UNBOUND, UNSEPARATED, UNSMOOTHED, UNSUPPRESSED);
    }

    @Override
    public String name() {
        return "disendiff";
    }

    @Override
    public String about() {
        return "two things of one picture, kept apart by calibrated attention: DisenDiff and its parts, Custom Diffusion,"
                + " DreamBooth, textual inversion";
    }

    /**
     * How much is done.
     *
     * @param words how Textual Inversion learns
     * @param dreamBooth how DreamBooth does
     * @param attention how those do that move keys and values
     */
    private record Size(int pictures, Course words, Course dreamBooth, Course attention, Drawing drawing, int prompts) {
        Course of(Variant variant) {
            return switch (variant.method()) {
                case DREAMBOOTH -> dreamBooth;
                case CUSTOM_DIFFUSION, DISENDIFF -> attention;
                default -> words;
            };
        }
    }

    private static Size size(Scale scale, Ground ground) {
        List<String> templates = ground.templates();
        return switch (scale) {
            case TINY -> {
                Course words = new Course(List.of(2L), 5e-3, 2, 7, templates);
                Course weights = new Course(List.of(2L), 1e-4, 2, 7, templates, 0.5, 2);
                yield new Size(1, words, weights, weights, new Drawing(2, 4, "ddim", 2, 0, 7), 2);
            }
            // words at the pace of the demo, weights at that of docs/methods/evaluation.md
            case SMALL ->
                new Size(
                        10,
                        new Course(List.of(250L), 2e-3, 4, 7, templates),
                        new Course(List.of(250L), 3e-4, 4, 7, templates, 0, 50),
                        new Course(List.of(250L), 3e-4, 4, 7, templates, 0.5, 50),
                        Drawing.small(4),
                        10);
            // README of diffusers' scripts (words, DreamBooth) and the authors' configuration: 4 of 8 samples remind
            case PAPER ->
                new Size(
                        10,
                        new Course(List.of(3000L), 2e-3, 4, 23, templates),
                        new Course(List.of(800L), 5e-6, 1, 23, List.of("a photo of {}"), 0, 200),
                        new Course(List.of(250L), 8e-5, 4, 23, List.of("photo of {}"), 0.5, 200),
                        // theirs is DDIM with eta 1, which is this (Song et al. 2021, section 4.1)
                        new Drawing(50, 6, "ddpm", 16, 0, 42),
                        10);
        };
    }

    @Override
    public Comparison on(Ground ground, Scale scale) {
        Size size = size(scale, ground);
        List<Subject> subjects = HeldOut.subjects(
                ground, size.pictures(), scene -> Subject.of(scene).withSentence(scene.modifiedNouns()));
        Map<String, Course> courses = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        for (Variant variant : variants()) {
            Course course = size.of(variant);
            courses.put(variant.name(), course);
            for (Subject subject : subjects) {
                entries.add(new Entry(
                        variant.name(),
                        subject,
                        asks(subject, ground.medium(), size.prompts()),
                        course.products(variant, subject, ground),
                        course.steps()));
            }
        }
        return new Comparison(
                "DisenDiff: two things of one picture, kept apart",
                "Each row learns two modifiers from each of " + subjects.size() + " picture(s) (Zhang et al. 2024)."
                        + " Intervals and verdicts speak about other pictures of the same kind.",
                Comparison.Unit.SUBJECT,
                ground,
                courses,
                size.drawing(),
                entries,
                promises(subjects.get(0).words()),
                Map.of("bench", name() + " at scale " + scale.name().toLowerCase(Locale.ROOT)),
                Map.of());
    }

    /** The first so many prompts for both things, for the first and for the second. */
    private static List<Ask> asks(Subject subject, String medium, int prompts) {
        List<Ask> asks = new ArrayList<>();
        asks.addAll(asks(subject.sentence(), subject.words(), medium).subList(0, prompts));
        for (String word : subject.words()) {
            String noun = subject.nouns().get(word);
            asks.addAll(asks("a " + word + " " + noun, List.of(word), medium).subList(0, prompts));
        }
        return asks;
    }

    private static List<Ask> asks(String things, List<String> words, String medium) {
        String plain = "a " + medium + " of " + things;
        return List.of(
                Ask.of("alone", plain, words),
                Ask.of("on a beach", plain + " on a beach", words).at(Background.BEACH),
                Ask.of("a sketch", "a sketch of " + things, words).in(Style.SKETCH),
                Ask.of("at night", plain + " at night", words).at(Background.NIGHT),
                Ask.of("a watercolor", "a watercolor of " + things, words).in(Style.WATERCOLOR),
                Ask.of("in a room", plain + " in a room", words).at(Background.ROOM),
                Ask.of("a mosaic", "a mosaic of " + things, words).in(Style.MOSAIC),
                Ask.of("a neon sign", "a neon sign of " + things, words).in(Style.NEON),
                Ask.of("plain", plain + " on a plain background", words).at(Background.PLAIN),
                Ask.of("with a chair", plain + " and a red chair", words).lookingFor(List.of("chair")));
    }

    /**
     * What the paper says (its figures are charts without numbers, section 4.2 and 4.3), and that smoothing helps each
     * thing, which is our own bar: the paper says it of both together.
     */
    static List<Promise> promises(List<String> words) {
        List<Promise> promises = new ArrayList<>();
        for (Variant worse : List.of(CUSTOM, UNBOUND, UNSEPARATED)) {
            words.forEach(word -> promises.add(likeness(PAPER, WHOLE, worse).of(List.of(word))));
        }
        words.forEach(word -> promises.add(likeness(OURS, WHOLE, UNSMOOTHED).of(List.of(word))));
        String second = words.get(words.size() - 1);
        promises.add(likeness(PAPER, WHOLE, UNSUPPRESSED).of(List.of(second)));
        for (Variant worse : List.of(CUSTOM, DREAMBOOTH, UNSMOOTHED)) {
            promises.add(new Promise(PAPER, Figure.WHOLE, WHOLE.name(), worse.name()).of(words));
        }
        promises.add(likeness(PAPER, WHOLE, DREAMBOOTH));
        promises.add(likeness(PAPER, DREAMBOOTH, INVERSION));
        promises.add(likeness(PAPER, CUSTOM, INVERSION));
        for (Variant worse : List.of(DREAMBOOTH, UNSUPPRESSED)) {
            promises.add(new Promise(PAPER, Figure.TEXT, WHOLE.name(), worse.name()));
        }
        for (Variant worse : List.of(WHOLE, DREAMBOOTH, CUSTOM)) {
            promises.add(new Promise(PAPER, Figure.TEXT, INVERSION.name(), worse.name()));
        }
        return promises;
    }

    private static Promise likeness(String source, Variant better, Variant worse) {
        return new Promise(source, Figure.CROP, better.name(), worse.name());
    }
}
