package io.microstream.training.evaluation;

import io.microstream.market.Bar;
import io.microstream.training.evaluation.statistics.Gap;
import io.microstream.training.history.SymbolHistory;
import io.microstream.training.history.TrainingPeriod;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The gaps of a history, the longest of them listed.
 *
 * @param longest in order of time
 * @param leftOut how many shorter gaps are not listed
 */
record GapList(List<Gap> longest, int leftOut) {

    /** Maximum number of gaps that are listed. */
    static final int MOST = 200;

    static GapList of(SymbolHistory history) {
        List<Gap> gaps = new ArrayList<>();
        for (int row = 1; row < history.rows(); row++) {
            if (!history.followsItsPredecessor(row)) {
                gaps.add(before(history, row));
            }
        }
        List<Gap> longest =
                gaps.stream()
                        .sorted(Comparator.comparingLong(Gap::minutes).reversed())
                        .limit(MOST)
                        .sorted(Comparator.comparingLong(Gap::fromMs))
                        .toList();
        return new GapList(longest, gaps.size() - longest.size());
    }

    private static Gap before(SymbolHistory history, int row) {
        long from = history.openTimeMs(row - 1) + Bar.MINUTE_MS;
        long end = history.openTimeMs(row);
        return new Gap(
                end < history.cutMs() ? "training" : "hold-out",
                from,
                TrainingPeriod.minute(from),
                TrainingPeriod.minute(end - Bar.MINUTE_MS),
                (end - from) / Bar.MINUTE_MS);
    }
}
