package io.microstream.training.evaluation;

import io.microstream.market.FeatureSchema;
import io.microstream.market.RollingFeatures;
import io.microstream.training.history.SymbolHistory;
import io.microstream.training.history.TrainingPeriod;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Finds the days of the hold-out with the widest ranges, and their widest minutes. */
final class WidestDays {

    /** Number of the widest days that are listed. */
    static final int DAYS = 5;

    private static final int RANGE = RollingFeatures.SCHEMA.indexOf(FeatureSchema.VOLATILITY_PROXY);
    private static final double BP = 1e4;

    private final SymbolHistory history;
    private final int first;
    private final boolean[] flagged;
    private final Map<LocalDate, int[]> rowsOf = new TreeMap<>();

    /**
     * Groups the rows of the hold-out by UTC day.
     *
     * @param first first row of the hold-out
     * @param flagged whether row {@code first + i} was flagged
     */
    WidestDays(SymbolHistory history, int first, boolean[] flagged) {
        this.history = history;
        this.first = first;
        this.flagged = flagged;
        int row = first;
        while (row < history.rows()) {
            LocalDate day = TrainingPeriod.day(history.openTimeMs(row));
            int end = history.firstRowFrom(TrainingPeriod.millis(day.plusDays(1)));
            int[] rows = IntStream.range(row, end).filter(history::isWarm).toArray();
            if (rows.length > 0) {
                rowsOf.put(day, rows);
            }
            row = end;
        }
    }

    /** Returns the days with the largest mean range, widest first. */
    List<WideMinutes> widest() {
        return rowsOf.keySet().stream()
                .map(this::minutes)
                .sorted(
                        Comparator.comparingDouble(WideMinutes::meanRangeBp)
                                .reversed()
                                .thenComparing(WideMinutes::day))
                .limit(DAYS)
                .toList();
    }

    /** Returns the given days, those that the hold-out does not cover left out. */
    List<WideMinutes> of(List<LocalDate> days) {
        return days.stream().filter(rowsOf::containsKey).map(this::minutes).toList();
    }

    private WideMinutes minutes(LocalDate day) {
        int[] rows = rowsOf.get(day);
        double mean = IntStream.of(rows).mapToDouble(this::range).average().orElseThrow();
        List<Integer> widest =
                IntStream.of(rows)
                        .boxed()
                        .sorted(Comparator.comparingDouble(row -> -range(row)))
                        .limit(WideMinutes.MINUTES)
                        .toList();
        List<String> times = new ArrayList<>();
        List<Double> ranges = new ArrayList<>();
        int flags = 0;
        for (int row : widest) {
            times.add(TrainingPeriod.minute(history.openTimeMs(row)).substring(11));
            ranges.add(range(row));
            flags += flagged[row - first] ? 1 : 0;
        }
        return new WideMinutes(day.toString(), mean, times, ranges, flags);
    }

    private double range(int row) {
        return BP * history.value(row, RANGE);
    }
}
