package dev.hapax.evaluation.protocol;

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
 * The claims of Multi-Concept Prompt Learning (Jin et al. 2024): its ways of learning two words from one picture, against
 * each other, against Textual Inversion, and against words that are learned apart and then put together.
 *
 * <p>Without pictures of the user's it draws ten held-out scenes of Picturebook, where the truth about every pixel is
 * known. On real checkpoints the paper's ten categories and pairs are pictures in a folder ({@link SubjectFolder}).
 */
public final class McplProtocol implements Protocol {
    /** Every word of the sentence is learned. */
    public static final Variant ALL = Variant.of("all", MethodName.MCPL_ALL, McplSettings.PLAIN);
    /** Only the placeholders are. */
    public static final Variant ONE = Variant.of("one", MethodName.MCPL_ONE, McplSettings.PLAIN);
    /** With prompt contrast. */
    public static final Variant CONTRAST = Variant.of("one + PromptCL", MethodName.MCPL_ONE, McplSettings.PROMPT_CL);
    /** With attention masks. */
    public static final Variant MASK = Variant.of(
            "one + AttnMask", MethodName.MCPL_ONE, McplSettings.FULL.withContrast(0, McplSettings.FULL.temperature()));
    /** With both. */
    public static final Variant BOTH = Variant.of("one + PromptCL + AttnMask", MethodName.MCPL, McplSettings.FULL);
    /** With all that the paper has. */
    public static final Variant WHOLE = Variant.of(
            "one + PromptCL + AttnMask + Bind adj.", MethodName.MCPL, McplSettings.FULL, true, Variant.Manner.TOGETHER);

    private static final Variant NOUNS =
            Variant.of("nothing learned", MethodName.MCPL_ONE, McplSettings.PLAIN, false, Variant.Manner.NONE);
    private static final Variant INVERSION = apart("textual inversion", Variant.Manner.BARE);
    private static final Variant APART = apart("learned apart and put together", Variant.Manner.APART);

    private static final String PAPER = "Jin et al. 2024 (arXiv 2310.12274), ablation of the regularisers";

    private static Variant apart(String name, Variant.Manner manner) {
        return Variant.of(name, MethodName.TEXTUAL_INVERSION, McplSettings.PLAIN, false, manner);
    }

    /** The rows of the tables. */
    public static List<Variant> variants() {
        return List.of(NOUNS, INVERSION, ALL, ONE, CONTRAST, MASK, BOTH, WHOLE, APART);
    }

    @Override
    public String name() {
        return "mcpl";
    }

    @Override
    public String about() {
        return "two words from one picture: textual inversion, MCPL-all, -one, with each regulariser and all of them, and"
                + " words learned apart";
    }

    /** How much is done. */
    private record Size(int pictures, Course course, Drawing drawing, boolean few) {}

    private static Size size(Scale scale, Ground ground) {
        List<String> templates = ground.templates();
        return switch (scale) {
            case TINY ->
                new Size(
                        1,
                        new Course(List.of(1L, 2L), 5e-3, 2, 7, templates),
                        new Drawing(2, 4, "ddim", 2, 1, 7),
                        true);
            // the pace of the demo, which was chosen for Picturebook
            case SMALL ->
                new Size(
                        10,
                        new Course(List.of(50L, 100L, 150L, 250L), 2e-3, 4, 7, templates),
                        new Drawing(25, 4, "ddim", 4, 1, 7),
                        false);
            // the authors' configuration and commands: 6100 steps at 5e-3 times a batch of 4, 8 x 2 images at guidance
            // 10
            case PAPER ->
                new Size(
                        10,
                        new Course(List.of(500L, 1000L, 2000L, 4000L, 6100L), 2e-2, 4, 23, templates),
                        new Drawing(50, 10, "ddim", 16, 2, 42),
                        false);
        };
    }

    @Override
    public Comparison on(Ground ground, Scale scale) {
        Size size = size(scale, ground);
        List<Subject> subjects = HeldOut.subjects(ground, size.pictures(), scene -> Subject.of(scene));
        List<Entry> entries = new ArrayList<>();
        for (Variant variant : variants()) {
            for (Subject subject : subjects) {
                entries.add(new Entry(
                        variant.name(),
                        subject,
                        asks(subject, ground.medium(), size.few()),
                        size.course().products(variant, subject, ground),
                        size.course().steps(variant)));
            }
        }
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("bench", name() + " at scale " + scale.name().toLowerCase(Locale.ROOT));
        return new Comparison(
                "MCPL: several words from one picture",
                "Each row learns the words of " + subjects.size() + " picture(s) in another way (Jin et al. 2024)."
                        + " Intervals and verdicts speak about other pictures of the same kind.",
                Comparison.Unit.SUBJECT,
                ground,
                courses(size.course()),
                size.drawing(),
                entries,
                promises(),
                settings,
                Map.of());
    }

    private static Map<String, Course> courses(Course course) {
        Map<String, Course> courses = new LinkedHashMap<>();
        variants().stream()
                .filter(variant -> variant.manner() != Variant.Manner.NONE)
                .forEach(variant -> courses.put(variant.name(), course));
        return courses;
    }

    private static List<Ask> asks(Subject subject, String medium, boolean few) {
        List<Ask> asks = new ArrayList<>();
        String plain = "a " + medium + " of ";
        for (String word : subject.words()) {
            List<String> alone = List.of(word);
            asks.add(Ask.of("alone", plain + word, alone));
            asks.add(Ask.of("on a beach", plain + word + " on a beach", alone).at(Background.BEACH));
            asks.add(Ask.of("a sketch", "a sketch of " + word, alone).in(Style.SKETCH));
            if (!few) {
                asks.add(Ask.of("at night", plain + word + " at night", alone).at(Background.NIGHT));
                asks.add(
                        Ask.of("a watercolor", "a watercolor of " + word, alone).in(Style.WATERCOLOR));
            }
        }
        if (subject.words().size() > 1) {
            asks.add(Ask.of("together", plain + String.join(" beside ", subject.words()), subject.words()));
        }
        return asks;
    }

    private static List<Promise> promises() {
        List<Promise> promises = new ArrayList<>();
        for (Figure figure : List.of(Figure.MASK_IOU, Figure.DRAWS_OWN)) {
            promises.add(new Promise(PAPER, figure, BOTH.name(), ONE.name()));
            promises.add(new Promise(PAPER, figure, ONE.name(), ALL.name()));
            promises.add(new Promise(PAPER + ", Bind adj.", figure, WHOLE.name(), BOTH.name()));
            promises.add(new Promise(PAPER, figure, BOTH.name(), CONTRAST.name()));
            promises.add(new Promise(PAPER, figure, BOTH.name(), MASK.name()));
            promises.add(new Promise(
                    "Jin et al. 2024 (arXiv 2310.12274), words learned jointly", figure, WHOLE.name(), APART.name()));
        }
        return promises;
    }
}
