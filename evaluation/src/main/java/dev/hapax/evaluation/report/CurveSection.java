package dev.hapax.evaluation.report;

import java.util.ArrayList;
import java.util.List;

/** Curves with their legend. */
record CurveSection(Curves curves) {

    Html html(String id) {
        List<Html> legend = new ArrayList<>();
        for (int i = 0; i < curves.series().size(); i++) {
            String color = "background:var(" + Drawing.Ink.series(i).variable() + ")";
            legend.add(Html.of(
                    "li",
                    Html.with("span", List.of("class", "swatch", "style", color)),
                    Html.text(curves.series().get(i).name())));
        }
        return Html.of(
                "section",
                Html.of("h2", Html.text(curves.name())),
                curves.text().isBlank() ? Html.NOTHING : Html.of("p", Html.text(curves.text())),
                Html.of("ul", "legend", Html.all(legend)),
                Html.of(
                        "figure",
                        "curves",
                        Html.of("div", "axis", Html.text(curves.yName())),
                        new CurveChart(curves).svg(id),
                        Html.of("div", "axis end", Html.text(curves.xName()))));
    }
}
