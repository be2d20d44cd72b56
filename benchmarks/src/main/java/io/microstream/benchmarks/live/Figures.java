package io.microstream.benchmarks.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Prints the table of measured figures line by line and remembers whether a goal was missed. */
final class Figures {

    private static final Path LOAD = Path.of("/proc/loadavg");
    private static final String ROW = "%-44s %16s %16s  %-6s %s%n";

    private final boolean judged;
    private boolean missed;

    Figures() {
        this(true);
    }

    /**
     * @param judged false for a smoke run, in which missed goals do not count
     */
    Figures(boolean judged) {
        this.judged = judged;
    }

    void head() {
        System.out.printf(ROW, "what", "measured", "goal", "", "besides");
    }

    /** Prints a figure whose goal is a minimum. */
    void atLeast(String what, double measured, double goal, String besides) {
        row(what, number(measured), "≥ " + number(goal), measured >= goal, besides);
    }

    /** Prints a figure whose goal is a maximum. */
    void atMost(String what, double measured, double goal, String besides) {
        row(what, number(measured), "≤ " + number(goal), measured <= goal, besides);
    }

    /** Prints a figure that has no goal. */
    void note(String what, double measured, String besides) {
        System.out.printf(ROW, what, number(measured), "", "", besides);
    }

    private void row(String what, String measured, String goal, boolean met, String besides) {
        missed |= judged && !met;
        System.out.printf(ROW, what, measured, goal, !judged ? "" : met ? "pass" : "FAIL", besides);
    }

    boolean missed() {
        return missed;
    }

    private static String number(double value) {
        String pattern = Math.abs(value) >= 100 || value == Math.rint(value) ? "%,.0f" : "%.2f";
        return String.format(Locale.ROOT, pattern, value);
    }

    /** Returns the machine's load average over the last minute, or why it is unknown. */
    static String load() {
        try {
            return "load=" + Files.readString(LOAD).split(" ")[0];
        } catch (IOException e) {
            return "load unknown (" + e.getMessage() + ")";
        }
    }
}
