package dev.hapax.evaluation.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.XYStyler;

/** The look that all charts share: few lines, no frame, the colors of the page. */
final class ChartStyle {
    private static final Color NONE = new Color(0, 0, 0, 0);
    private static final int TEXT = 12;
    private static final String PLAIN = "0.######";

    private ChartStyle() {}

    static XYChart chart(int width, int height) {
        XYChart chart = new XYChartBuilder().width(width).height(height).build();
        XYStyler style = chart.getStyler();
        style.setChartBackgroundColor(NONE)
                .setPlotBackgroundColor(NONE)
                .setPlotBorderVisible(false)
                .setChartTitleVisible(false)
                .setLegendVisible(false)
                .setChartPadding(2);
        style.setAxisTicksLineVisible(false)
                .setAxisTicksMarksVisible(false)
                .setPlotTicksMarksVisible(false)
                .setPlotGridLinesColor(Drawing.Ink.LINE.color())
                .setPlotGridLinesStroke(new BasicStroke(1))
                .setAxisTickLabelsColor(Drawing.Ink.SOFT.color())
                .setAxisTickLabelsFont(font())
                .setAxisTickPadding(6)
                .setXAxisDecimalPattern(PLAIN)
                .setYAxisDecimalPattern(PLAIN)
                .setPlotMargin(0);
        return chart;
    }

    static Font font() {
        return new Font(Font.SANS_SERIF, Font.PLAIN, TEXT);
    }
}
