package io.microstream.training.evaluation;

import io.microstream.training.history.TrainingPeriod;
import java.util.ArrayList;
import java.util.List;

/** Cuts scored rows at the ends of UTC months. */
public final class Months {

    private Months() {}

    /**
     * The scored rows of one UTC month.
     *
     * @param name {@code 2025-01}
     * @param from first index
     * @param to end, exclusive
     */
    record Month(String name, int from, int to) {}

    /** Returns the months that hold a row, in order of time. */
    static List<Month> of(ScoredRows rows) {
        List<Month> months = new ArrayList<>();
        int from = 0;
        for (int i = 1; i <= rows.rows(); i++) {
            if (i == rows.rows() || month(rows, i) != month(rows, from)) {
                String name = TrainingPeriod.day(rows.openTimeMs(from)).toString().substring(0, 7);
                months.add(new Month(name, from, i));
                from = i;
            }
        }
        return months;
    }

    private static int month(ScoredRows rows, int i) {
        return TrainingPeriod.month(rows.openTimeMs(i));
    }
}
