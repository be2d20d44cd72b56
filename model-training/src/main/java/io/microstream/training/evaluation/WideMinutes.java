package io.microstream.training.evaluation;

import java.util.List;

/**
 * The widest minutes of a UTC day, by (high − low) / open, and whether the anomaly model flagged
 * them.
 *
 * @param day {@code 2025-03-04}
 * @param meanRangeBp mean range of the day's minutes, basis points: what makes a day wide
 * @param minutes open times in UTC, widest first
 * @param rangesBp their ranges, basis points
 * @param flagged how many of them were flagged
 */
public record WideMinutes(
        String day, double meanRangeBp, List<String> minutes, List<Double> rangesBp, int flagged) {

    /** Number of minutes listed for each day. */
    public static final int MINUTES = 5;

    public WideMinutes {
        minutes = List.copyOf(minutes);
        rangesBp = List.copyOf(rangesBp);
    }
}
