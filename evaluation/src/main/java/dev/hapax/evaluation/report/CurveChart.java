package dev.hapax.evaluation.report;

import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Curves as lines; the page has their names. */
record CurveChart(Curves curves) {
    private static final int WIDTH = 520;
    private static final int HEIGHT = 260;
    private static final int FEW = 30; // points that are marked each

    Html svg(String id) {
        XYChart chart = ChartStyle.chart(WIDTH, HEIGHT);
        chart.getStyler().setXAxisTickMarkSpacingHint(70).setYAxisTickMarkSpacingHint(40);
        chart.getStyler().setPlotGridVerticalLinesVisible(false).setMarkerSize(6);
        for (int i = 0; i < curves.series().size(); i++) {
            List<Curves.Point> points = curves.series().get(i).points();
            XYSeries line = chart.addSeries(
                    "series " + i,
                    points.stream().mapToDouble(Curves.Point::x).toArray(),
                    points.stream().mapToDouble(Curves.Point::y).toArray());
            line.setLineColor(Drawing.Ink.series(i).color());
            line.setLineWidth(2);
            line.setMarker(points.size() > FEW ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
            line.setMarkerColor(Drawing.Ink.series(i).color());
        }
        return new Drawing(id, curves.yName() + " over " + curves.xName(), WIDTH, HEIGHT)
                .svg(graphics -> chart.paint(graphics, WIDTH, HEIGHT));
    }
}
