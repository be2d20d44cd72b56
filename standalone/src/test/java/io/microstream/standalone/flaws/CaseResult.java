package io.microstream.standalone.flaws;

import java.util.List;
import java.util.TreeMap;

/**
 * What one run left of one case.
 *
 * @param refusal the one line with which the inspection refused the input; null if it ran
 * @param bars the final bars in the database after the run
 * @param losses lines of the report that make the exit code 1
 * @param warnings other lines of the report
 * @param quality rows of the symbol in data_quality and late_trades, as text
 */
record CaseResult(
        String refusal,
        TreeMap<Long, StoredBar> bars,
        List<String> losses,
        List<String> warnings,
        List<String> quality) {

    /** A bar as it is stored. */
    record StoredBar(NaiveBar bar, boolean complete) {}

    static CaseResult refused(String line, TreeMap<Long, StoredBar> bars) {
        return new CaseResult(line, bars, List.of(), List.of(), List.of());
    }

    boolean isReported() {
        return refusal != null || !losses.isEmpty() || (!warnings.isEmpty() && !quality.isEmpty());
    }

    boolean isLoss() {
        return refusal != null || !losses.isEmpty();
    }
}
