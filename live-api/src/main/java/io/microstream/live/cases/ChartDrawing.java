package io.microstream.live.cases;

import io.microstream.live.rows.Table;
import java.awt.AWTError;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Locale;
import java.util.TimeZone;
import org.jfree.chart.ChartUtils;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.DateAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;

/** Draws the picture of a case; all that needs AWT and fonts is behind this class. */
final class ChartDrawing {

    private ChartDrawing() {}

    /**
     * The picture as PNG.
     *
     * @param check a line about the evidence, for the subtitle
     */
    static byte[] png(CaseRows rows, String check) throws IOException {
        try {
            return ChartUtils.encodeAsPNG(
                    chart(rows, check)
                            .createBufferedImage(
                                    CaseChart.WIDTH,
                                    CaseChart.HEIGHT,
                                    BufferedImage.TYPE_INT_RGB,
                                    null));
        } catch (AWTError e) {
            throw new IllegalStateException(e);
        }
    }

    private static JFreeChart chart(CaseRows rows, String check) {
        DateAxis minutes = new DateAxis("UTC", TimeZone.getTimeZone("UTC"), Locale.ROOT);
        minutes.setDateFormatOverride(ChartStyle.clock(rows.window()));
        minutes.setRange(rows.window().fromMs(), rows.window().toMs());
        minutes.setLabelFont(ChartStyle.AXIS);
        minutes.setLabelPaint(ChartStyle.INK);
        minutes.setTickLabelFont(ChartStyle.AXIS);
        minutes.setTickLabelPaint(ChartStyle.INK);
        CombinedDomainXYPlot plot = new CombinedDomainXYPlot(minutes);
        plot.setGap(14);
        ChartPanels panels = new ChartPanels(rows);
        plot.add(panels.price(), 10);
        plot.add(panels.volume(), 5);
        plot.add(panels.regimes(), 4);
        plot.add(panels.score(), 5);
        plot.setFixedLegendItems(ChartStyle.legend());
        JFreeChart chart = new JFreeChart(null, ChartStyle.AXIS, plot, true);
        chart.setBackgroundPaint(Color.WHITE);
        chart.setPadding(new RectangleInsets(14, 14, 8, 24));
        chart.getLegend().setItemFont(ChartStyle.AXIS);
        chart.getLegend().setItemPaint(ChartStyle.INK);
        chart.getLegend().setFrame(BlockBorder.NONE);
        title(chart, rows, check);
        return chart;
    }

    private static void title(JFreeChart chart, CaseRows rows, String check) {
        CaseWindow window = rows.window();
        line(
                chart,
                "%s   %s UTC   ± %d minutes"
                        .formatted(
                                window.symbol(),
                                window.moment().toString().substring(0, 16).replace('T', ' '),
                                window.minutes()),
                ChartStyle.TITLE,
                0);
        String anomaly =
                rows.championAtMoment(Table.ANOMALIES)
                        .map(CaseStory::anomaly)
                        .orElse("no anomaly score");
        line(chart, anomaly, ChartStyle.TEXT, 1);
        String regime =
                rows.championAtMoment(Table.REGIMES).map(CaseStory::regime).orElse("no regime");
        line(chart, regime + "   ·   " + check, ChartStyle.TEXT, 2);
    }

    private static void line(JFreeChart chart, String text, Font font, int at) {
        TextTitle title = new TextTitle(text, font);
        title.setPaint(ChartStyle.INK);
        title.setPosition(RectangleEdge.TOP);
        title.setHorizontalAlignment(HorizontalAlignment.LEFT);
        title.setPadding(0, 6, at == 2 ? 10 : 4, 0);
        chart.addSubtitle(at, title);
    }
}
