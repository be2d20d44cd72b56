package io.microstream.live.cases;

import io.microstream.live.rows.Row;
import io.microstream.live.rows.Table;
import io.microstream.market.Bar;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jfree.chart.annotations.XYTitleAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.CandlestickRenderer;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.renderer.xy.XYItemRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.DefaultHighLowDataset;
import org.jfree.data.xy.XYDataset;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** The panels of a case's picture. A minute's mark stands in its middle. */
final class ChartPanels {

    private static final double HALF_MINUTE = Bar.MINUTE_MS / 2.0;
    private static final double BAR_SHARE = 0.8;

    private final CaseRows rows;
    private final List<Row> bars;
    private final Map<Instant, Row> barAt = new HashMap<>();
    private final Map<Instant, Row> regimes;
    private final Map<Instant, Row> anomalies;

    ChartPanels(CaseRows rows) {
        this.rows = rows;
        this.bars = rows.of(Table.BARS);
        bars.forEach(bar -> barAt.put(bar.time("open_time"), bar));
        this.regimes = rows.champions(Table.REGIMES);
        this.anomalies = rows.champions(Table.ANOMALIES);
    }

    /** Candles, light if the price rose and dark if it fell, over the colours of the regimes. */
    XYPlot price() {
        int n = bars.size();
        Date[] middles = new Date[n];
        double[][] ohlcv = new double[5][n];
        String[] columns = {"open", "high", "low", "close", "volume"};
        for (int i = 0; i < n; i++) {
            middles[i] = new Date((long) middle(bars.get(i)));
            for (int column = 0; column < columns.length; column++) {
                ohlcv[column][i] = number(bars.get(i), columns[column]);
            }
        }
        CandlestickRenderer candles = new CandlestickRenderer();
        candles.setDrawVolume(false);
        candles.setUpPaint(Color.WHITE);
        candles.setDownPaint(ChartStyle.INK);
        candles.setUseOutlinePaint(false);
        candles.setSeriesPaint(0, ChartStyle.INK);
        candles.setAutoWidthFactor(BAR_SHARE);
        XYPlot plot =
                plot(
                        new DefaultHighLowDataset(
                                "price", middles, ohlcv[1], ohlcv[2], ohlcv[0], ohlcv[3], ohlcv[4]),
                        candles,
                        "Price (light: rose, dark: fell) over the regime of each minute");
        NumberAxis axis = (NumberAxis) plot.getRangeAxis();
        axis.setAutoRangeIncludesZero(false);
        axis.setUpperMargin(0.16);
        axis.setLowerMargin(0.06);
        axis.setNumberFormatOverride(ChartStyle.plain());
        backgrounds().forEach(marker -> plot.addDomainMarker(marker, Layer.BACKGROUND));
        plot.setDataset(1, flags("high"));
        plot.setRenderer(1, triangles());
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        return plot;
    }

    /** One for each unbroken run of a regime: the edges of many would show as stripes. */
    private List<IntervalMarker> backgrounds() {
        List<IntervalMarker> markers = new ArrayList<>();
        String regime = null;
        for (Map.Entry<Instant, Row> minute : regimes.entrySet()) {
            long from = minute.getKey().toEpochMilli();
            IntervalMarker last = markers.isEmpty() ? null : markers.get(markers.size() - 1);
            String now = minute.getValue().text("regime");
            if (last != null && now.equals(regime) && last.getEndValue() == from) {
                last.setEndValue(from + Bar.MINUTE_MS);
            } else {
                markers.add(background(from, ChartStyle.regime(now)));
            }
            regime = now;
        }
        return markers;
    }

    private static IntervalMarker background(double from, Color color) {
        IntervalMarker marker =
                new IntervalMarker(from, from + Bar.MINUTE_MS, ChartStyle.translucent(color, 110));
        marker.setOutlinePaint(null);
        marker.setAlpha(1f);
        return marker;
    }

    /** What takers bought upwards, what they sold downwards; grey where that is not known. */
    XYPlot volume() {
        XYIntervalSeries bought = new XYIntervalSeries("bought");
        XYIntervalSeries sold = new XYIntervalSeries("sold");
        XYIntervalSeries unknown = new XYIntervalSeries("unknown");
        for (Row bar : bars) {
            double volume = number(bar, "volume");
            double buys = number(bar, "taker_buy_volume");
            if (Double.isNaN(buys)) {
                column(unknown, bar, 0, volume, BAR_SHARE);
            } else {
                column(bought, bar, 0, buys, BAR_SHARE);
                column(sold, bar, buys - volume, 0, BAR_SHARE);
            }
        }
        XYPlot plot =
                plot(
                        columns(bought, sold, unknown),
                        bars(ChartStyle.BUYS, ChartStyle.SELLS, ChartStyle.UNKNOWN),
                        "Volume: bought by takers above zero, sold below");
        NumberAxis axis = (NumberAxis) plot.getRangeAxis();
        axis.setNumberFormatOverride(ChartStyle.unsigned());
        axis.setUpperMargin(0.25);
        plot.setRangeZeroBaselineVisible(true);
        return plot;
    }

    /** The three probabilities of each minute, one on top of the other. */
    XYPlot regimes() {
        XYIntervalSeries stable = new XYIntervalSeries("stable");
        XYIntervalSeries volatility = new XYIntervalSeries("volatile");
        XYIntervalSeries crisis = new XYIntervalSeries("crisis");
        regimes.forEach(
                (open, row) -> {
                    double first = number(row, "p_stable");
                    double second = first + number(row, "p_volatile");
                    column(stable, row, 0, first, 1);
                    column(volatility, row, first, second, 1);
                    column(crisis, row, second, second + number(row, "p_crisis"), 1);
                });
        XYBarRenderer areas = bars(ChartStyle.STABLE, ChartStyle.VOLATILE, ChartStyle.CRISIS);
        areas.setDrawBarOutline(true);
        XYPlot plot =
                plot(columns(stable, volatility, crisis), areas, "Probability of each regime");
        NumberAxis axis = (NumberAxis) plot.getRangeAxis();
        axis.setRange(0, 1.3);
        axis.setTickUnit(new NumberTickUnit(0.5, ChartStyle.percent()));
        return plot;
    }

    /** The anomaly score and the threshold it is held against. */
    XYPlot score() {
        XYSeries score = new XYSeries("score");
        XYSeries threshold = new XYSeries("threshold");
        anomalies.forEach(
                (open, row) -> {
                    score.add(middle(row), number(row, "score"));
                    threshold.add(middle(row), number(row, "threshold"));
                });
        XYSeriesCollection lines = new XYSeriesCollection();
        lines.addSeries(score);
        lines.addSeries(threshold);
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
        renderer.setSeriesPaint(0, ChartStyle.SCORE);
        renderer.setSeriesStroke(0, ChartStyle.LINE);
        renderer.setSeriesPaint(1, ChartStyle.INK);
        renderer.setSeriesStroke(1, ChartStyle.DASHES);
        XYPlot plot = plot(lines, renderer, "Anomaly score and its threshold");
        NumberAxis axis = (NumberAxis) plot.getRangeAxis();
        axis.setAutoRangeIncludesZero(false);
        axis.setUpperMargin(0.35);
        plot.setDataset(1, flags("score"));
        plot.setRenderer(1, triangles());
        return plot;
    }

    private XYPlot plot(XYDataset dataset, XYItemRenderer renderer, String words) {
        NumberAxis axis = new NumberAxis();
        axis.setTickLabelFont(ChartStyle.AXIS);
        axis.setTickLabelPaint(ChartStyle.INK);
        axis.setFixedDimension(120);
        XYPlot plot = new XYPlot(dataset, null, axis, renderer);
        plot.setBackgroundPaint(Color.WHITE);
        plot.setRangeGridlinePaint(ChartStyle.FAINT);
        plot.setDomainGridlinePaint(ChartStyle.FAINT);
        plot.setOutlinePaint(ChartStyle.UNKNOWN);
        ValueMarker moment = new ValueMarker(rows.window().momentMs() + HALF_MINUTE);
        moment.setPaint(ChartStyle.FLAG);
        moment.setStroke(ChartStyle.DOTS);
        plot.addDomainMarker(moment, Layer.BACKGROUND);
        TextTitle title = new TextTitle(words, ChartStyle.PANEL);
        title.setPaint(ChartStyle.INK);
        title.setBackgroundPaint(ChartStyle.translucent(Color.WHITE, 215));
        title.setPadding(new RectangleInsets(3, 6, 3, 6));
        plot.addAnnotation(new XYTitleAnnotation(0, 1, title, RectangleAnchor.TOP_LEFT));
        return plot;
    }

    /** A point for each minute that was flagged, above the bar or at the score. */
    private XYSeriesCollection flags(String column) {
        XYSeries flags = new XYSeries("flags");
        Map<Instant, Row> of = column.equals("score") ? anomalies : barAt;
        anomalies.forEach(
                (open, row) -> {
                    Row at = of.get(open);
                    if (at != null && Boolean.TRUE.equals(row.value("is_anomaly"))) {
                        flags.add(middle(row), number(at, column));
                    }
                });
        return new XYSeriesCollection(flags);
    }

    private static XYLineAndShapeRenderer triangles() {
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
        renderer.setSeriesShape(
                0,
                AffineTransform.getTranslateInstance(0, -14)
                        .createTransformedShape(ChartStyle.TRIANGLE));
        renderer.setSeriesPaint(0, ChartStyle.FLAG);
        renderer.setUseOutlinePaint(true);
        renderer.setSeriesOutlinePaint(0, Color.WHITE);
        renderer.setSeriesOutlineStroke(0, new BasicStroke(1.5f));
        return renderer;
    }

    private static XYIntervalSeriesCollection columns(XYIntervalSeries... series) {
        XYIntervalSeriesCollection collection = new XYIntervalSeriesCollection();
        for (XYIntervalSeries each : series) {
            collection.addSeries(each);
        }
        return collection;
    }

    private static void column(
            XYIntervalSeries series, Row row, double low, double high, double share) {
        double half = HALF_MINUTE * share;
        double middle = middle(row);
        series.add(middle, middle - half, middle + half, high == 0 ? low : high, low, high);
    }

    private static XYBarRenderer bars(Color... colors) {
        XYBarRenderer renderer = new XYBarRenderer();
        renderer.setUseYInterval(true);
        renderer.setBarPainter(new StandardXYBarPainter());
        renderer.setShadowVisible(false);
        for (int i = 0; i < colors.length; i++) {
            renderer.setSeriesPaint(i, colors[i]);
            renderer.setSeriesOutlinePaint(i, colors[i]);
        }
        return renderer;
    }

    private static double middle(Row row) {
        return row.time("open_time").toEpochMilli() + HALF_MINUTE;
    }

    /** NaN where it is not known; the nearest double of what is exact. */
    private static double number(Row row, String column) {
        Object value = row.value(column);
        return value == null ? Double.NaN : Double.parseDouble(value.toString());
    }
}
