package io.microstream.standalone.report;

import io.microstream.job.bars.FeedCounts;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/**
 * Shows progress in one line: rewritten in place every second on a terminal, printed every ten
 * seconds elsewhere.
 */
public final class ProgressLine {

    private static final Duration ON_TERMINAL = Duration.ofSeconds(1);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);

    private static final boolean TERMINAL = System.console() != null;

    /** Clears the current line on a terminal; empty elsewhere. */
    static final String CLEAR = TERMINAL ? "\r\u001b[K" : "";

    private final PrintStream out;
    private final long rows;
    private final Collection<String> symbols;
    private Duration next = TERMINAL ? ON_TERMINAL : ELSEWHERE;
    private boolean shown;

    public ProgressLine(PrintStream out, long rows, Collection<String> symbols) {
        this.out = out;
        this.rows = rows;
        this.symbols = symbols;
    }

    public void show(Duration elapsed, Map<String, Long> counters, Results results)
            throws Exception {
        if (elapsed.compareTo(next) < 0) {
            return;
        }
        next = elapsed.plus(TERMINAL ? ON_TERMINAL : ELSEWHERE);
        String line =
                "%02d:%02d  %s  %s"
                        .formatted(
                                elapsed.toMinutes(),
                                elapsed.toSecondsPart(),
                                read(counters, rows),
                                results.newest(symbols));
        out.print(TERMINAL ? CLEAR + line : line + System.lineSeparator());
        out.flush();
        shown = true;
    }

    /** Prints a line of its own, above the line of progress on a terminal. */
    public static void above(PrintStream out, String line) {
        out.println(CLEAR + line);
    }

    /**
     * Formats how much was read and how many bars that gave, with the total unless it is {@link
     * RunInput#UNKNOWN}. A kline is a bar.
     */
    public static String read(Map<String, Long> counters, long of) {
        long trades = counters.getOrDefault(FeedCounts.TRADES, 0L);
        long klines = counters.getOrDefault(FeedCounts.KLINES, 0L);
        long bars = counters.getOrDefault(FeedCounts.BARS, 0L) + klines;
        String rows =
                of == RunInput.UNKNOWN
                        ? "%,d trades".formatted(trades)
                        : "%,d of %,d rows".formatted(trades + klines, of);
        return "%s  %,d bars".formatted(rows, bars);
    }

    public void end() {
        if (shown && TERMINAL) {
            out.println();
        }
    }
}
