package io.microstream.live.cases;

import static io.microstream.live.cases.Palette.colour;

import io.microstream.live.rows.Row;
import io.microstream.live.rows.Table;
import io.microstream.market.Bar;
import java.awt.AWTError;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.OHLCChart;
import org.knowm.xchart.OHLCSeries;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.internal.series.MarkerSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Draws the chart of a case: price, volume, regime probabilities and anomaly score, one above the
 * other over the same minutes, in the live page's colours. Everything that needs AWT and fonts is
 * behind this class.
 */
final class ChartDrawing {

    private static final int HEADER = 116;
    private static final int PRICE = 444;
    private static final int PANEL = 240;
    private static final int AXIS_WIDTH = 100;
    private static final String FLAGGED = "flagged as anomaly";
    private static final Color CLEAR = new Color(0, true);
    private static final int LONG_WINDOW_MINUTES = 600;
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 26);
    private static final Font HEADING = new Font(Font.SANS_SERIF, Font.BOLD, 16);
    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 16);

    private final CaseRows rows;
    private final List<Row> bars;
    private final Map<Instant, Row> regimes;
    private final Map<Instant, Row> anomalies;

    private ChartDrawing(CaseRows rows) {
        this.rows = rows;
        this.bars = rows.of(Table.BARS);
        this.regimes = rows.champions(Table.REGIMES);
        this.anomalies = rows.champions(Table.ANOMALIES);
    }

    /**
     * Returns the chart as PNG.
     *
     * @param check a line about the evidence, for the header
     */
    static byte[] png(CaseRows rows, String check) throws IOException {
        try {
            BufferedImage image =
                    new BufferedImage(
                            CaseChart.WIDTH, CaseChart.HEIGHT, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            new ChartDrawing(rows).draw(graphics, check);
            graphics.dispose();
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(image, "png", png);
            return png.toByteArray();
        } catch (AWTError e) {
            throw new IllegalStateException(e);
        }
    }

    private void draw(Graphics2D graphics, String check) {
        graphics.setColor(colour("paper"));
        graphics.fillRect(0, 0, CaseChart.WIDTH, CaseChart.HEIGHT);
        header(graphics, check);
        graphics.translate(0, HEADER);
        OHLCChart price = price();
        layOut(price, PRICE);
        background(graphics, price);
        price.paint(graphics, CaseChart.WIDTH, PRICE);
        graphics.translate(0, PRICE);
        for (XYChart panel : List.of(volume(), probabilities(), score())) {
            layOut(panel, PANEL);
            panel.paint(graphics, CaseChart.WIDTH, PANEL);
            graphics.translate(0, PANEL);
        }
    }

    /**
     * Makes the time axes of all panels begin at the same pixel: the library takes the width of the
     * left axis for a hint only, so a first painting shows by how much to correct it.
     */
    private static void layOut(Chart<? extends AxesChartStyler, ?> chart, int height) {
        for (int painting = 0; painting < 2; painting++) {
            Graphics2D scratch =
                    new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
            chart.paint(scratch, CaseChart.WIDTH, height);
            scratch.dispose();
            int excess = (int) Math.round(chart.getYAxisLeftWidth()) - AXIS_WIDTH;
            Styler style = chart.getStyler();
            style.setYAxisLeftWidthHint(style.getYAxisLeftWidthHint() - excess);
        }
    }

    private void header(Graphics2D graphics, String check) {
        CaseWindow window = rows.window();
        String minute = window.moment().toString().substring(0, 16).replace('T', ' ');
        String anomaly =
                rows.championAtMoment(Table.ANOMALIES)
                        .map(CaseStory::anomaly)
                        .orElse("no anomaly score");
        String regime =
                rows.championAtMoment(Table.REGIMES).map(CaseStory::regime).orElse("no regime");
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(colour("ink"));
        graphics.setFont(TITLE);
        graphics.drawString(
                String.format(
                        Locale.ROOT,
                        "%s   %s UTC   ± %d minutes",
                        window.symbol(),
                        minute,
                        window.minutes()),
                20,
                40);
        graphics.setFont(TEXT);
        graphics.drawString(anomaly, 20, 72);
        graphics.drawString(regime + "   ·   " + check, 20, 98);
    }

    /** Tints each minute by its regime, on axes that have been laid out. */
    private void background(Graphics2D graphics, OHLCChart price) {
        int top = (int) price.getScreenYFromChart(price.getStyler().getYAxisMax());
        int bottom = (int) price.getScreenYFromChart(price.getStyler().getYAxisMin());
        regimes.forEach(
                (minute, row) -> {
                    long fromMs = minute.toEpochMilli();
                    int left = (int) price.getScreenXFromChart(fromMs);
                    int right = (int) price.getScreenXFromChart(fromMs + Bar.MINUTE_MS);
                    graphics.setColor(tint(row.text("regime")));
                    graphics.fillRect(left, top, right - left, bottom - top);
                });
    }

    private static Color tint(String regime) {
        return switch (regime) {
            case "STABLE_LIQUIDITY" -> Palette.translucent("stable", 50);
            case "HIGH_VOLATILITY" -> Palette.translucent("volatile", 80);
            case "LIQUIDITY_CRISIS" -> Palette.translucent("crisis", 110);
            default -> Palette.translucent("muted", 40);
        };
    }

    private OHLCChart price() {
        OHLCChart chart = new OHLCChart(CaseChart.WIDTH, PRICE);
        style(chart, "Price over the regime of each minute");
        OHLCSeries candles =
                chart.addSeries(
                        "price (dark: fell)",
                        middles(bars),
                        numbers(bars, "open"),
                        numbers(bars, "high"),
                        numbers(bars, "low"),
                        numbers(bars, "close"));
        candles.setUpColor(colour("muted")).setDownColor(colour("candle"));
        candles.setLineColor(colour("candle"));
        double low = Collections.min(numbers(bars, "low"));
        double high = Collections.max(numbers(bars, "high"));
        double margin = Math.max((high - low) / 12, high * 1e-6);
        chart.getStyler().setYAxisMin(low - margin).setYAxisMax(high + 2 * margin);
        List<Row> flagged = flagged(bars);
        if (!flagged.isEmpty()) {
            List<Double> above =
                    numbers(flagged, "high").stream().map(top -> top + margin / 2).toList();
            mark(chart.addSeries(FLAGGED, middles(flagged), above));
        }
        return chart;
    }

    /** The volume that takers bought from the ground up, what they sold on top of it. */
    private XYChart volume() {
        XYChart chart = panel("Volume");
        List<Row> unknown =
                bars.stream().filter(bar -> bar.value("taker_buy_volume") == null).toList();
        steps(chart, "sold by takers", "sell", bars, bar -> number(bar, "volume"));
        steps(chart, "bought by takers", "buy", bars, bar -> number(bar, "taker_buy_volume"));
        steps(chart, "side unknown", "muted", unknown, bar -> number(bar, "volume"));
        headroom(chart, numbers(bars, "volume"));
        return chart;
    }

    /** The three probabilities of each minute, one on top of the other. */
    private XYChart probabilities() {
        XYChart chart = panel("Probability of each regime");
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0).setYAxisDecimalPattern("0 %");
        List<Row> minutes = List.copyOf(regimes.values());
        steps(chart, "liquidity crisis", "crisis", minutes, row -> 1);
        steps(
                chart,
                "high volatility",
                "volatile",
                minutes,
                row -> number(row, "p_stable") + number(row, "p_volatile"));
        steps(chart, "stable liquidity", "stable", minutes, row -> number(row, "p_stable"));
        return chart;
    }

    private XYChart score() {
        XYChart chart = panel("Anomaly score and its threshold");
        List<Row> minutes = List.copyOf(anomalies.values());
        if (!minutes.isEmpty()) {
            line(chart, "score", minutes).setLineColor(colour("anomaly"));
            line(chart, "threshold", minutes)
                    .setLineColor(colour("ink"))
                    .setLineStyle(SeriesLines.DASH_DASH);
        }
        headroom(chart, numbers(minutes, "score"));
        List<Row> flagged = flagged(minutes);
        if (!flagged.isEmpty()) {
            mark(chart.addSeries(FLAGGED, middles(flagged), numbers(flagged, "score")));
        }
        return chart;
    }

    /** Leaves a tenth of the panel above the highest value. */
    private static void headroom(XYChart chart, List<Double> values) {
        double highest = values.stream().mapToDouble(value -> value).max().orElse(1);
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(highest > 0 ? highest / 0.9 : 1);
    }

    private XYChart panel(String title) {
        XYChart chart = new XYChart(CaseChart.WIDTH, PANEL);
        style(chart, title);
        chart.getStyler().setDefaultSeriesRenderStyle(XYSeriesRenderStyle.Line);
        return chart;
    }

    private void style(Chart<? extends AxesChartStyler, ?> chart, String title) {
        CaseWindow window = rows.window();
        chart.setTitle(title);
        AxesChartStyler style = chart.getStyler();
        style.setXAxisMin((double) window.fromMs()).setXAxisMax((double) window.toMs());
        style.setTimezone(TimeZone.getTimeZone("UTC")).setLocale(Locale.ROOT);
        style.setDatePattern(window.bars() > LONG_WINDOW_MINUTES ? "MM-dd HH:mm" : "HH:mm");
        style.setAxisTickLabelsFont(TEXT).setPlotGridLinesColor(colour("hair"));
        style.setYAxisDecimalPattern("#,##0.########");
        style.setYAxisLeftWidthHint(AXIS_WIDTH)
                .setChartTitleFont(HEADING)
                .setChartFontColor(colour("ink"))
                .setChartBackgroundColor(CLEAR)
                .setPlotBackgroundColor(CLEAR)
                .setPlotBorderColor(colour("muted"))
                .setLegendFont(TEXT)
                .setLegendBackgroundColor(CLEAR)
                .setLegendBorderColor(CLEAR)
                .setMarkerSize(12)
                .setLegendPadding(8)
                .setChartPadding(6)
                .setPlotContentSize(1)
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setAnnotationLineColor(colour("accent"))
                .setAnnotationLineStroke(SeriesLines.DOT_DOT);
        chart.addAnnotation(
                new AnnotationLine(window.momentMs() + Bar.MINUTE_MS / 2.0, true, false));
    }

    private static XYSeries line(XYChart chart, String column, List<Row> minutes) {
        XYSeries line = chart.addSeries(column, middles(minutes), numbers(minutes, column));
        line.setMarker(SeriesMarkers.NONE);
        return line;
    }

    /** Draws one step a minute from the ground up; a minute without a row leaves a gap. */
    private static void steps(
            XYChart chart,
            String name,
            String colour,
            List<Row> minutes,
            ToDoubleFunction<Row> height) {
        if (minutes.isEmpty()) {
            return;
        }
        List<Date> times = new ArrayList<>();
        List<Double> heights = new ArrayList<>();
        for (Row minute : minutes) {
            long fromMs = minute.time("open_time").toEpochMilli();
            for (long atMs : new long[] {fromMs, fromMs + Bar.MINUTE_MS}) {
                times.add(new Date(atMs));
                heights.add(height.applyAsDouble(minute));
            }
        }
        XYSeries area = chart.addSeries(name, times, heights);
        area.setXYSeriesRenderStyle(XYSeriesRenderStyle.Area);
        area.setFillColor(colour(colour));
        area.setLineColor(colour(colour)).setLineStyle(SeriesLines.SOLID).setLineWidth(1);
        area.setMarker(SeriesMarkers.NONE);
    }

    private static void mark(MarkerSeries flags) {
        flags.setMarker(SeriesMarkers.TRIANGLE_DOWN).setMarkerColor(colour("anomaly"));
        flags.setLineColor(CLEAR);
    }

    private List<Row> flagged(List<Row> minutes) {
        return minutes.stream()
                .filter(
                        minute -> {
                            Row anomaly = anomalies.get(minute.time("open_time"));
                            return anomaly != null
                                    && Boolean.TRUE.equals(anomaly.value("is_anomaly"));
                        })
                .toList();
    }

    private static List<Date> middles(List<Row> minutes) {
        return minutes.stream()
                .map(row -> new Date(row.time("open_time").toEpochMilli() + Bar.MINUTE_MS / 2))
                .toList();
    }

    private static List<Double> numbers(List<Row> minutes, String column) {
        return minutes.stream().map(row -> number(row, column)).toList();
    }

    /** Returns the nearest double of a column's value; NaN where it is null. */
    private static double number(Row row, String column) {
        Object value = row.value(column);
        return value == null ? Double.NaN : Double.parseDouble(value.toString());
    }
}
