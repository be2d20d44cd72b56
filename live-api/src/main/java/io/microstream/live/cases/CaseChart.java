package io.microstream.live.cases;

import java.io.IOException;

/**
 * The chart of a case: price over the regimes, volume by direction, regime probabilities and the
 * anomaly score, one above the other over the same minutes. It is drawn without a screen; a Java
 * runtime that cannot draw (no fonts, no AWT) yields a reason instead of an image.
 *
 * @param png null if it could not be drawn
 * @param reason why not; null if it was
 */
record CaseChart(byte[] png, String reason) {

    static final int WIDTH = 1600;
    static final int HEIGHT = 1280;

    private static final String HEADLESS = "java.awt.headless";

    static {
        if (System.getProperty(HEADLESS) == null) {
            System.setProperty(HEADLESS, "true");
        }
    }

    /**
     * Draws the chart, or returns the reason why this Java cannot.
     *
     * @param check a line about the evidence, for the header
     */
    static CaseChart draw(CaseRows rows, String check) {
        try {
            return new CaseChart(ChartDrawing.png(rows, check), null);
        } catch (LinkageError | InternalError e) {
            return missing(e);
        } catch (IOException | RuntimeException e) {
            return missing(e);
        }
    }

    private static CaseChart missing(Throwable e) {
        return new CaseChart(
                null,
                "this Java cannot draw: cause="
                        + e.toString().replaceAll("\\s*\\R\\s*", " ")
                        + ". Install fonts (fontconfig, DejaVu) and a Java with AWT");
    }
}
