package io.microstream.standalone.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.microstream.job.bars.FeedCounts;
import io.microstream.market.Bar;
import io.microstream.tables.Tables;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compares the results of a run with its input. Counts of the feed come from the job, counts of
 * results from the database, and the number of rows from the inspection before the run: three
 * independent sources.
 *
 * @param symbols in the input
 * @param rows rows of the input, readable or not
 * @param trades trades read, each counted once (klines, if they are the input)
 * @param unit what {@code trades} counts: {@code trades} or {@code klines}
 * @param bars committed
 * @param incompleteBars committed bars that are not proven complete
 * @param revisions of bars
 * @param features committed
 * @param regimes committed
 * @param anomalies flagged bars among {@code scored}
 * @param scored anomaly scores committed
 * @param late trades that arrived too late for their bars
 * @param gaps ranges of missing ids in the input
 * @param missing ids in these gaps
 * @param repaired trades that no stream carried and that were fetched by REST
 * @param disconnects disconnects, counted once for each symbol of the connection
 * @param stalls streams that stalled
 * @param duplicates rows dropped because their id had been seen
 * @param malformed rows that could not be read
 * @param timeOutliers rows quarantined because their time contradicts their neighbours or file name
 * @param conflicts rows quarantined because another row of their id has other values
 * @param notTrades entries that the exchange declares to be no trades
 * @param missingTrades single trades missing inside unbroken aggregate ids
 * @param repeatedTrades single trades that came in two aggregate trades
 * @param longPauses pauses in trading whose minutes have no bars
 * @param refused symbols whose feed has ended because the exchange refuses them for good
 * @param restarts of the job
 * @param failedCheckpoints of the job
 * @param seconds time from submission to the last commit
 * @param tradesPerSecond throughput over this time
 * @param finished false if the run was stopped before the end of its input
 * @param exchange check of the faults that an exchange injected; null without one
 * @param warnings about the input, as text for users
 * @param losses descriptions of what the run lost; empty if nothing
 */
public record ReplayReport(
        List<String> symbols,
        long rows,
        long trades,
        String unit,
        long bars,
        long incompleteBars,
        long revisions,
        long features,
        long regimes,
        long anomalies,
        long scored,
        long late,
        long gaps,
        long missing,
        long repaired,
        long disconnects,
        long stalls,
        long duplicates,
        long malformed,
        long timeOutliers,
        long conflicts,
        long notTrades,
        long missingTrades,
        long repeatedTrades,
        long longPauses,
        long refused,
        long restarts,
        long failedCheckpoints,
        double seconds,
        double tradesPerSecond,
        boolean finished,
        FaultCheck exchange,
        List<String> warnings,
        List<String> losses) {

    /** Names the counter of the job's restarts. */
    public static final String RESTARTS = "restarts";

    /** Names the counter of the job's failed checkpoints. */
    public static final String FAILED_CHECKPOINTS = "failedCheckpoints";

    private static final ObjectMapper JSON =
            new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

    /** Creates the report of a run that read its input. */
    public static ReplayReport of(
            RunInput input,
            Map<String, Long> counters,
            Results results,
            double seconds,
            boolean finished)
            throws SQLException {
        ReplayReport report = collect(input, counters, results, seconds, finished, null);
        report.judgeStored(counters, input, results);
        report.judgeRows(counters, input);
        return report;
    }

    /**
     * Creates the report of a run that followed an exchange.
     *
     * @param played trades of the exchange; {@link RunInput#UNKNOWN} if their number is unknown
     */
    public static ReplayReport following(
            RunInput input,
            Map<String, Long> counters,
            Results results,
            double seconds,
            boolean finished,
            FaultCheck exchange,
            long played)
            throws SQLException {
        ReplayReport report = collect(input, counters, results, seconds, finished, exchange);
        report.judgeStored(counters, input, results);
        report.judgeFeed(counters, played);
        return report;
    }

    private static ReplayReport collect(
            RunInput input,
            Map<String, Long> counters,
            Results results,
            double seconds,
            boolean finished,
            FaultCheck exchange)
            throws SQLException {
        List<String> symbols = List.copyOf(input.symbols());
        // A late trade may lie before every bar; a bar never lies before the first minute.
        long from = Bar.minuteOf(input.firstTimeUs()) * 1000;
        long to = input.lastTimeUs();
        boolean klines = input.isKlines();
        long trades = count(counters, klines ? FeedCounts.KLINES : FeedCounts.TRADES);
        long duplicates = count(counters, FeedCounts.DUPLICATES);
        long malformed = count(counters, FeedCounts.MALFORMED);
        if (klines && finished) {
            // The kline reader drops repeated minutes itself.
            duplicates = input.rows() - trades - malformed;
        }
        return new ReplayReport(
                symbols,
                input.rows(),
                trades,
                unit(klines),
                results.count(Tables.BARS, symbols, from, to),
                results.count(Tables.BARS, "NOT complete", symbols, from, to),
                count(counters, FeedCounts.REVISIONS),
                results.count(Tables.FEATURES, symbols, from, to),
                results.count(Tables.REGIMES, symbols, from, to),
                results.count(Tables.ANOMALIES, "is_anomaly", symbols, from, to),
                results.count(Tables.ANOMALIES, symbols, from, to),
                count(counters, FeedCounts.LATE),
                count(counters, FeedCounts.GAPS),
                count(counters, FeedCounts.MISSING),
                count(counters, FeedCounts.REPAIRED),
                count(counters, FeedCounts.DISCONNECTS),
                count(counters, FeedCounts.STALLS),
                duplicates,
                malformed,
                count(counters, FeedCounts.TIME_OUTLIERS),
                count(counters, FeedCounts.CONFLICTS),
                count(counters, FeedCounts.NOT_TRADES),
                count(counters, FeedCounts.MISSING_TRADES),
                count(counters, FeedCounts.REPEATED_TRADES),
                count(counters, FeedCounts.LONG_PAUSES),
                count(counters, FeedCounts.REFUSED),
                count(counters, RESTARTS),
                count(counters, FAILED_CHECKPOINTS),
                seconds,
                trades / seconds,
                finished,
                exchange,
                new ArrayList<>(input.warnings()),
                new ArrayList<>(input.losses()));
    }

    /** Returns what the rows of an input are: klines, or trades. */
    static String unit(boolean klines) {
        return klines ? "klines" : "trades";
    }

    private static long count(Map<String, Long> counters, String name) {
        return counters.getOrDefault(name, 0L);
    }

    private void judgeRows(Map<String, Long> counters, RunInput input) {
        warn();
        if (malformed > 0) {
            losses.add(
                    "%,d row%s could not be read: see data_quality, kind MALFORMED%s"
                            .formatted(malformed, plural(malformed), first(input)));
        }
        long quarantined = timeOutliers + conflicts;
        long accounted = trades + duplicates + malformed + quarantined + notTrades;
        if (finished && accounted != rows) {
            losses.add(
                    "rows unaccounted for: rows=%d trades=%d duplicates=%d malformed=%d quarantined=%d notTrades=%d"
                            .formatted(
                                    rows, trades, duplicates, malformed, quarantined, notTrades));
        }
        judgeBars(counters, input.isKlines());
    }

    private static String first(RunInput input) {
        return input.firstUnreadable() == null ? "" : ". First: " + input.firstUnreadable();
    }

    private void judgeFeed(Map<String, Long> counters, long played) {
        warn();
        if (malformed > 0) {
            warnings.add(
                    "%,d messages could not be read: see data_quality, kind MALFORMED"
                            .formatted(malformed));
        }
        if (finished && played != RunInput.UNKNOWN && trades != played) {
            losses.add(
                    "trades unaccounted for: played=%d trades=%d missing=%d"
                            .formatted(played, trades, missing));
        }
        if (exchange != null && !exchange.missed().isEmpty()) {
            warnings.add("faults not found in data_quality: " + exchange.missed());
        }
        judgeBars(counters, false);
    }

    private void warn() {
        boolean live = rows == RunInput.UNKNOWN;
        lose(
                timeOutliers,
                "row",
                "quarantined: their times contradict the rows around them or the file's name",
                "TIME_OUTLIER");
        lose(
                conflicts,
                "row",
                "quarantined: another row of the same id has other values",
                "CONFLICT");
        lose(
                missingTrades,
                "single trade",
                "missing inside unbroken aggregate ids",
                "TRADE_ID_JUMP");
        lose(
                repeatedTrades,
                "single trade",
                "counted twice: they are in two aggregate trades",
                "TRADE_ID_JUMP");
        if (refused > 0) {
            losses.add(
                    "%,d symbol%s refused by the exchange for good: see data_quality, kind REFUSED"
                            .formatted(refused, plural(refused)));
        }
        if (notTrades > 0) {
            warnings.add(
                    "%,d %s by the exchange's own mark, in no bar: see data_quality, kind NOT_A_TRADE"
                            .formatted(
                                    notTrades,
                                    notTrades == 1
                                            ? "entry is no trade"
                                            : "entries are no trades"));
        }
        if (longPauses > 0) {
            warnings.add(
                    "%,d pause%s of more than a day without a trade: see data_quality, kind LONG_PAUSE. Their minutes have no bars"
                            .formatted(longPauses, plural(longPauses)));
        }
        if (gaps > 0) {
            warnings.add(
                    (live ? "the exchange has" : "the input has")
                            + " %,d gap%s with %,d missing %s: see data_quality%s"
                                    .formatted(
                                            gaps,
                                            plural(gaps),
                                            missing,
                                            numbered(),
                                            unit.equals(unit(true))
                                                    ? ""
                                                    : ". The bars they touch have complete = false"));
        }
        if (duplicates > 0) {
            String what = live || exchange != null ? "messages" : "rows";
            warnings.add("%,d duplicate %s dropped".formatted(duplicates, what));
        }
        if (late > 0) {
            losses.add(
                    "%,d trade%s came too late for the bar and in no bar: see late_trades"
                            .formatted(late, plural(late)));
        }
        if (!finished && !live) {
            warnings.add("stopped before the end of the input");
        }
    }

    private static String plural(long count) {
        return count == 1 ? "" : "s";
    }

    private void lose(long count, String unit, String what, String kind) {
        if (count > 0) {
            losses.add(
                    "%,d %s%s %s. See data_quality, kind %s. The bars they touch have complete = false"
                            .formatted(count, unit, plural(count), what, kind));
        }
    }

    /** Compares what the run sent with what is stored, if the run has an id. */
    private void judgeStored(Map<String, Long> counters, RunInput input, Results results)
            throws SQLException {
        long runId = count(counters, FeedCounts.RUN);
        if (finished && runId != 0) {
            StoredBars.of(
                            runId,
                            results,
                            symbols,
                            Bar.minuteOf(input.firstTimeUs()) * 1000,
                            input.lastTimeUs())
                    .judge(
                            input.isKlines() ? trades : count(counters, FeedCounts.BARS),
                            warnings,
                            losses);
        }
    }

    private void judgeBars(Map<String, Long> counters, boolean klines) {
        if (!finished) {
            return;
        }
        long expectedBars = klines ? trades : count(counters, FeedCounts.BARS);
        if (!klines && count(counters, FeedCounts.TRADES_IN_BARS) + late != trades) {
            losses.add(
                    "trades in no bar: trades=%d inBars=%d late=%d"
                            .formatted(trades, count(counters, FeedCounts.TRADES_IN_BARS), late));
        }
        if (bars < expectedBars) {
            losses.add("bars not committed: made=%d committed=%d".formatted(expectedBars, bars));
        }
    }

    /** Adds why the run ended before the end of its input, as a loss. */
    public ReplayReport endedEarly(String why) {
        losses.add(why);
        return this;
    }

    /** Returns whether everything in the input is in the results. */
    public boolean nothingLost() {
        return losses.isEmpty();
    }

    /** Returns what is missing in a gap: ids of trades, or minutes of klines. */
    private String numbered() {
        return unit.equals(unit(true)) ? "minutes" : "ids";
    }

    /** Prints the summary, then warnings and losses, one per line. */
    public void print(PrintStream out) {
        out.printf(
                "%s: %,d %s, %,d duplicates, %,d malformed; %,d gaps with %,d %s missing%n",
                rows == RunInput.UNKNOWN ? "live" : "%,d rows".formatted(rows),
                trades,
                unit,
                duplicates,
                malformed,
                gaps,
                missing,
                numbered());
        if (disconnects + stalls + repaired > 0) {
            out.printf(
                    "%,d disconnects, %,d stalls; %,d trades repaired by REST%n",
                    disconnects, stalls, repaired);
        }
        if (exchange != null) {
            out.println(exchange.summary());
        }
        out.printf(
                "%,d bars (%,d incomplete, %,d revisions), %,d features, %,d regimes, %,d scores with"
                        + " %,d anomalies, %,d late trades%n",
                bars, incompleteBars, revisions, features, regimes, scored, anomalies, late);
        if (restarts + failedCheckpoints > 0) {
            out.printf(
                    "%,d restart%s, %,d failed checkpoint%s%n",
                    restarts, plural(restarts), failedCheckpoints, plural(failedCheckpoints));
        }
        out.printf("%.1f s, %,.0f %s/s%n", seconds, tradesPerSecond, unit);
        warnings.forEach(warning -> out.println("warning: " + warning));
        losses.forEach(loss -> out.println("LOST: " + loss));
        if (finished && losses.isEmpty()) {
            out.println("nothing lost");
        }
    }

    /** Writes the report as JSON. */
    public void write(Path file) {
        try {
            JSON.writeValue(file.toFile(), this);
        } catch (IOException e) {
            throw new UserError(
                    "Report not written: report=" + file + ". Give a writable file.", e);
        }
    }
}
