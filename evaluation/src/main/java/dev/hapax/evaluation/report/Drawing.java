package dev.hapax.evaluation.report;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGIDGenerator;
import org.w3c.dom.Document;

/**
 * A drawing that becomes SVG inside a page and takes the page's colors, light or dark.
 *
 * @param id unlike that of the other drawings of the page
 * @param label what it shows, for those who cannot see it
 * @param width in pixels of the drawing; the page scales it
 * @param height in pixels of the drawing
 */
record Drawing(String id, String label, int width, int height) {
    /** Colors that the page's style sheet replaces: the key is drawn, the value is seen. */
    enum Ink {
        TEXT(0x746D63, "--ink"),
        SOFT(0x746D64, "--soft"),
        LINE(0xE7E2D8, "--line"),
        FIRST(0x0D7A83, "--c1"),
        SECOND(0xC8453F, "--c2"),
        THIRD(0x6A5ACD, "--c3"),
        FOURTH(0xB7791F, "--c4"),
        FIFTH(0x2F855A, "--c5"),
        SIXTH(0xB83280, "--c6"),
        SEVENTH(0x4A5568, "--c7"),
        EIGHTH(0x2B6CB0, "--c8");

        private static final List<Ink> SERIES = List.of(FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH, SEVENTH, EIGHTH);

        private final Color color;
        private final String variable;

        Ink(int rgb, String variable) {
            this.color = new Color(rgb);
            this.variable = variable;
        }

        Color color() {
            return color;
        }

        String variable() {
            return variable;
        }

        /** The color of the n-th series, from 0. */
        static Ink series(int n) {
            return SERIES.get(n);
        }
    }

    /** Draws. */
    @FunctionalInterface
    interface Painter {
        void paint(SVGGraphics2D graphics);
    }

    /**
     * The drawing as markup.
     *
     * @throws IllegalStateException if this Java has no fonts to measure text with
     */
    Html svg(Painter painter) {
        requireFonts();
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
        context.setIDGenerator(new SVGIDGenerator() {
            @Override
            public String generateID(String prefix) {
                return id + "-" + super.generateID(prefix); // all drawings share the names of their page
            }
        });
        context.setPrecision(1);
        SVGGraphics2D graphics = new SVGGraphics2D(context, false);
        graphics.setSVGCanvasSize(new Dimension(width, height));
        painter.paint(graphics);
        StringWriter text = new StringWriter();
        try {
            graphics.stream(text, true);
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory cannot be written", e);
        }
        return themed(text.toString());
    }

    /** Text is measured with a font of this machine, and headless ones may have none. */
    static void requireFonts() {
        try {
            ChartStyle.font().getStringBounds("x", new FontRenderContext(null, true, true));
        } catch (Error | RuntimeException e) { // which one depends on the version of Java
            throw new IllegalStateException(
                    "charts cannot be drawn, because Java finds no fonts (" + e
                            + "); install fontconfig and a font, such" + " as DejaVu, and run the same again",
                    e);
        }
    }

    private Html themed(String svg) {
        String inner = svg.substring(svg.indexOf("<svg") + "<svg".length())
                .replaceFirst("\\bwidth=\"\\d+\"", "") // the page sets the size
                .replaceFirst("\\bheight=\"\\d+\"", "")
                .replaceAll("<!--.*?-->", "")
                .replaceAll("\\s*\\n\\s*", " ")
                .replace("<defs id=\"genericDefs\" />", "");
        for (Ink ink : Ink.values()) {
            Color color = ink.color();
            String drawn = "rgb(" + color.getRed() + "," + color.getGreen() + "," + color.getBlue() + ")";
            inner = inner.replace(drawn, "var(" + ink.variable() + ")");
        }
        String opening = Html.empty(
                        "svg",
                        List.of(
                                "class",
                                "chart",
                                "role",
                                "img",
                                "aria-label",
                                label,
                                "viewBox",
                                "0 0 " + width + " " + height))
                .code();
        return new Html(opening.substring(0, opening.length() - "/>".length()) + inner);
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument("http://www.w3.org/2000/svg", "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java can make an empty document", e);
        }
    }
}
