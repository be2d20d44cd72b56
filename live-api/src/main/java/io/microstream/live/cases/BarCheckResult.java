package io.microstream.live.cases;

import java.time.Instant;
import java.util.List;

/**
 * How the bars rebuilt from trades compare with the stored ones.
 *
 * @param compared bars
 * @param equal of them, to the last digit
 * @param incomplete of them, in which the job itself knew of missing trades
 * @param notCompared minutes of the window that have no stored bar, or whose trades are not all in
 * @param leftOut ids of trades that the job put aside as too late and that are in no bar
 * @param differences by minute and column
 */
public record BarCheckResult(
        int compared,
        int equal,
        int incomplete,
        int notCompared,
        List<Long> leftOut,
        List<Difference> differences) {

    /**
     * A number that is not the same.
     *
     * @param complete what the stored bar says of itself: false means that trades were known to be
     *     missing when it was made
     */
    public record Difference(
            Instant openTime, String column, String stored, String rebuilt, boolean complete) {

        /** Returns a line like {@code 2026-01-05T00:17:00Z close stored=1.5 rebuilt=1.6}. */
        @Override
        public String toString() {
            return openTime
                    + " "
                    + column
                    + " stored="
                    + stored
                    + " rebuilt="
                    + rebuilt
                    + (complete ? "" : " (the stored bar is known to lack trades)");
        }
    }

    public BarCheckResult {
        leftOut = List.copyOf(leftOut);
        differences = List.copyOf(differences);
    }

    /** Returns true if at least one bar was compared and all are equal. */
    public boolean allEqual() {
        return compared > 0 && equal == compared;
    }

    /** Returns a line like {@code bars rebuilt from trades: 31 of 31 equal}. */
    public String line() {
        return "bars rebuilt from trades: " + equal + " of " + compared + " equal";
    }
}
