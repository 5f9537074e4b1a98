package dev.hapax.evaluation.protocol;

import dev.hapax.run.MethodName;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which attribute of an image changes when one word is added to a neutral prompt: the words that MATTE learns for the
 * attributes of a picture (Agarwal et al. 2025), and those of P+, ProSpect and Textual Inversion.
 */
public final class AttributesProtocol implements Protocol {
    @Override
    public String name() {
        return "attributes";
    }

    @Override
    public String about() {
        return "which attribute changes when one word is added: MATTE, P+, ProSpect, textual inversion";
    }

    /**
     * How much is done.
     *
     * @param references how many pictures are learned from
     * @param courses how the words of each row are learned
     */
    private record Size(int references, Map<AttributeRow, Course> courses, Drawing drawing) {}

    private static Size size(Scale scale, Ground ground) {
        return switch (scale) {
            // fewer calls of DDIM would leave out stages in which words are read
            case TINY -> new Size(2, courses(ground, 2, 2, 2, 5e-3), new Drawing(10, 4, "ddim", 2, 0, 7));
            // the pace of the other benches, with the rates at which the methods are usually run
            case SMALL -> new Size(20, courses(ground, 250, 250, 4, 2e-3), Drawing.small(12));
            // 64 images of each word, as the paper draws them
            case PAPER -> new Size(20, courses(ground, 3000, 0, 4, 2e-3), new Drawing(50, 7.5, "ddim", 64, 0, 42));
        };
    }

    /**
     * How long and fast each row learns.
     *
     * @param inversion steps of Textual Inversion
     * @param others steps of the others at its batch; 0 for as many, in such batches, as each is usually run with
     * @param rate of Textual Inversion; the others have their own
     */
    private static Map<AttributeRow, Course> courses(
            Ground ground, long inversion, long others, int batch, double rate) {
        Map<AttributeRow, Course> courses = new EnumMap<>(AttributeRow.class);
        for (AttributeRow row : AttributeRow.values()) {
            row.method().ifPresent(method -> {
                boolean plain = method == MethodName.TEXTUAL_INVERSION;
                MethodName.Usual usual = method.usual();
                long steps = plain ? inversion : others > 0 ? others : usual.steps();
                courses.put(
                        row,
                        new Course(
                                List.of(steps),
                                plain ? rate : usual.rate(),
                                plain || others > 0 ? batch : usual.batch(),
                                7,
                                method == MethodName.PROSPECT ? List.of("{}") : ground.templates()));
            });
        }
        return courses;
    }

    @Override
    public Experiment on(Ground ground, Scale scale) {
        if (ground.pictures().isPresent()) {
            throw new IllegalArgumentException(
                    "bench " + name() + " needs pictures whose color, style, kind and place are"
                            + " known, and draws its own; leave --pictures out");
        }
        if (!ground.judges().containsKey("reader")) {
            throw new IllegalArgumentException("bench " + name() + " asks Picturebook's attribute reader what an image"
                    + " shows, and there is none; give its folder with --reader DIR");
        }
        Size size = size(scale, ground);
        return AttributeBench.of(
                ground,
                AttributeReference.of(ground, size.references()),
                size.courses(),
                size.drawing(),
                Map.of("bench", name() + " at scale " + scale.name().toLowerCase(Locale.ROOT)));
    }
}
