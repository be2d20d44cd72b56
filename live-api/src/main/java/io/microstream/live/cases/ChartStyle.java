package io.microstream.live.cases;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.text.DateFormat;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.text.SimpleDateFormat;
import java.util.Locale;
import java.util.TimeZone;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;

/**
 * Colours, fonts and shapes of a case's picture. The colours differ in lightness too, so that they
 * tell apart for every kind of colour vision and in print; what matters has a shape besides.
 */
final class ChartStyle {

    static final Color INK = new Color(0x22, 0x22, 0x22);
    static final Color FAINT = new Color(0xDD, 0xDD, 0xDD);
    static final Color BUYS = new Color(0x00, 0x72, 0xB2);
    static final Color SELLS = new Color(0xC4, 0x5A, 0x00);
    static final Color UNKNOWN = new Color(0x88, 0x88, 0x88);
    static final Color SCORE = new Color(0x00, 0x4D, 0x80);
    static final Color FLAG = new Color(0xB0, 0x00, 0x50);

    static final Color STABLE = new Color(0xA6, 0xD3, 0xF0);
    static final Color VOLATILE = new Color(0xF2, 0xB1, 0x34);
    static final Color CRISIS = new Color(0x8C, 0x2D, 0x6F);

    static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 26);
    static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 17);
    static final Font PANEL = new Font(Font.SANS_SERIF, Font.BOLD, 16);
    static final Font AXIS = new Font(Font.SANS_SERIF, Font.PLAIN, 15);

    static final Stroke LINE = new BasicStroke(2.5f);
    static final Stroke DASHES = dashes(2f, 9f, 6f);
    static final Stroke DOTS = dashes(1.6f, 3f, 4f);

    static final Shape TRIANGLE = triangle();

    private static final int LONG_WINDOW_MINUTES = 600;

    private ChartStyle() {}

    private static Stroke dashes(float width, float on, float off) {
        return new BasicStroke(
                width,
                BasicStroke.CAP_BUTT,
                BasicStroke.JOIN_MITER,
                10f,
                new float[] {on, off},
                0f);
    }

    /** Points down. */
    private static Shape triangle() {
        Path2D path = new Path2D.Double();
        path.moveTo(-9, -8);
        path.lineTo(9, -8);
        path.lineTo(0, 8);
        path.closePath();
        return path;
    }

    static Color regime(String regime) {
        return switch (String.valueOf(regime)) {
            case "STABLE_LIQUIDITY" -> STABLE;
            case "HIGH_VOLATILITY" -> VOLATILE;
            case "LIQUIDITY_CRISIS" -> CRISIS;
            default -> FAINT;
        };
    }

    static Color translucent(Color color, int alpha) {
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha);
    }

    static DateFormat clock(CaseWindow window) {
        String pattern = window.bars() > LONG_WINDOW_MINUTES ? "MM-dd HH:mm" : "HH:mm";
        SimpleDateFormat format = new SimpleDateFormat(pattern, Locale.ROOT);
        format.setTimeZone(TimeZone.getTimeZone("UTC"));
        return format;
    }

    /** The same below zero as above. */
    static NumberFormat unsigned() {
        DecimalFormat format = new DecimalFormat("#,##0.######", symbols());
        format.setNegativePrefix("");
        return format;
    }

    static NumberFormat percent() {
        return new DecimalFormat("0 %", symbols());
    }

    static NumberFormat plain() {
        return new DecimalFormat("#,##0.########", symbols());
    }

    private static DecimalFormatSymbols symbols() {
        return DecimalFormatSymbols.getInstance(Locale.ROOT);
    }

    static LegendItemCollection legend() {
        LegendItemCollection items = new LegendItemCollection();
        Shape box = new Rectangle2D.Double(-9, -7, 18, 14);
        items.add(filled("stable liquidity", box, STABLE));
        items.add(filled("high volatility", box, VOLATILE));
        items.add(filled("liquidity crisis", box, CRISIS));
        items.add(filled("bought by takers", box, BUYS));
        items.add(filled("sold by takers", box, SELLS));
        items.add(filled("flagged as anomaly", TRIANGLE, FLAG));
        items.add(line("score", LINE, SCORE));
        items.add(line("threshold", DASHES, INK));
        items.add(line("the moment", DOTS, FLAG));
        return items;
    }

    private static LegendItem filled(String label, Shape shape, Color color) {
        LegendItem item = new LegendItem(label, null, null, null, shape, color);
        item.setLabelFont(AXIS);
        return item;
    }

    private static LegendItem line(String label, Stroke stroke, Color color) {
        return new LegendItem(
                label, null, null, null, new Line2D.Double(-16, 0, 16, 0), stroke, color);
    }
}
