package dev.hapax.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Pictures in strips. */
record SheetSection(Sheet sheet) {
    private static final int WIDE = 200; // pixels; wider pictures are charts, which get the width that they need

    Html html() {
        List<Html> parts = new ArrayList<>();
        parts.add(Html.of("h2", Html.text(sheet.name())));
        if (!sheet.text().isBlank()) {
            parts.add(Html.of("p", Html.text(sheet.text())));
        }
        if (sheet.heat()) {
            parts.add(scale());
        }
        sheet.strips().forEach(strip -> parts.add(strip(strip, style(strip))));
        return Html.of("section", Html.all(parts));
    }

    private String style(Sheet.Strip strip) {
        if (sheet.heat()) {
            return "pictures large";
        }
        boolean chart =
                strip.pictures().stream().anyMatch(picture -> picture.image().getWidth() > WIDE);
        return chart ? "pictures wide" : "pictures";
    }

    private static Html strip(Sheet.Strip strip, String style) {
        List<Html> figures = new ArrayList<>();
        for (Sheet.Picture picture : strip.pictures()) {
            String alternative = picture.caption().isBlank() ? strip.name() : picture.caption();
            Html image = Html.empty("img", List.of("src", Png.uri(picture.image()), "alt", alternative));
            figures.add(Html.of(
                    "figure",
                    image,
                    picture.caption().isBlank() ? Html.NOTHING : Html.of("figcaption", Html.text(picture.caption()))));
        }
        return Html.of(
                "div", "strip", Html.of("h3", Html.text(strip.name())), Html.of("div", style, Html.all(figures)));
    }

    private static Html scale() {
        List<String> stops = new ArrayList<>();
        for (int i = 0; i <= 4; i++) {
            stops.add(String.format(Locale.ROOT, "#%06x", HeatPicture.color(i / 4.0)));
        }
        String gradient = "background:linear-gradient(90deg," + String.join(",", stops) + ")";
        return Html.of(
                "p",
                "scale",
                Html.text("looks little"),
                Html.with("span", List.of("style", gradient)),
                Html.text("looks most"));
    }
}
