package dev.hapax.evaluation.report;

import dev.hapax.evaluation.statistics.Interval;
import java.awt.FontMetrics;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The column of a measure: each row's name, and below it a dot for the mean and whiskers for the interval. */
record IntervalChart(Table table, Measure measure) {
    private static final int WIDTH = 300;
    private static final int ROW = 42;
    private static final int TICKS = 28;
    private static final double NAME = 0.55; // of a row's height above its lower end: the base line of the name
    private static final double WHISKER = 0.3; // the same for the whisker
    private static final double CAP = 0.09; // half the height of a whisker's ends
    private static final double MARGIN = 0.05; // of the range on either side

    Html svg(String id) {
        List<Row> rows = table.rows();
        int height = rows.size() * ROW + TICKS;
        XYChart chart = ChartStyle.chart(WIDTH, height);
        axes(chart.getStyler(), rows.size());
        for (int i = 0; i < rows.size(); i++) {
            double bottom = rows.size() - 1 - i;
            int row = i;
            rows.get(i).figure(measure).ifPresent(figure -> add(chart, figure, bottom + WHISKER, row));
        }
        return new Drawing(id, measure.name() + " with 95 % intervals", WIDTH, height).svg(graphics -> {
            chart.paint(graphics, WIDTH, height);
            graphics.setFont(ChartStyle.font());
            for (int i = 0; i < rows.size(); i++) {
                boolean measured = rows.get(i).figure(measure).isPresent();
                double y = chart.getScreenYFromChart(rows.size() - 1 - i + NAME);
                graphics.setColor((measured ? Drawing.Ink.TEXT : Drawing.Ink.SOFT).color());
                String name = rows.get(i).name() + (measured ? "" : " –");
                graphics.drawString(fitting(name, graphics.getFontMetrics()), 2f, (float) y);
            }
        });
    }

    /** As much of a name as there is room for. */
    private static String fitting(String name, FontMetrics metrics) {
        if (metrics.stringWidth(name) <= WIDTH) {
            return name;
        }
        int length = name.length();
        while (length > 0 && metrics.stringWidth(name.substring(0, length) + "…") > WIDTH) {
            length--;
        }
        return name.substring(0, length) + "…";
    }

    private void axes(XYStyler style, int rows) {
        double low =
                table.column(measure).stream().mapToDouble(Interval::low).min().orElse(0);
        double high =
                table.column(measure).stream().mapToDouble(Interval::high).max().orElse(1);
        double margin = high > low ? MARGIN * (high - low) : Math.max(MARGIN * Math.abs(low), 1e-3);
        style.setXAxisMin(low - margin).setXAxisMax(high + margin);
        style.setYAxisMin(0.0).setYAxisMax((double) rows);
        style.setYAxisTicksVisible(false)
                .setPlotGridHorizontalLinesVisible(false)
                .setXAxisTickMarkSpacingHint(50);
        style.setMarkerSize(8);
    }

    private static void add(XYChart chart, Interval figure, double y, int row) {
        double low = figure.low();
        double high = figure.high();
        if (figure.n() > 1) {
            double up = y + CAP;
            double down = y - CAP;
            XYSeries whisker =
                    chart.addSeries("whisker " + row, new double[] {low, low, low, high, high, high}, new double[] {
                        down, up, y, y, up, down
                    });
            whisker.setMarker(SeriesMarkers.NONE);
            whisker.setLineColor(Drawing.Ink.FIRST.color());
            whisker.setLineWidth(1.6f);
        }
        XYSeries mean = chart.addSeries("mean " + row, new double[] {figure.mean()}, new double[] {y});
        mean.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
        mean.setMarker(SeriesMarkers.CIRCLE);
        mean.setMarkerColor(Drawing.Ink.FIRST.color());
    }
}
