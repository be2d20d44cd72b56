package io.microstream.training.history;

import io.microstream.models.Provenance;

/**
 * Summarises the bars of one symbol in the training part or the hold-out.
 *
 * @param symbol upper case
 * @param bars how many
 * @param first open time of the first, {@code 2024-06-01 00:00} in UTC; null without bars
 * @param last open time of the last
 * @param gaps how often a minute is not followed by the next
 * @param missingMinutes minutes inside the gaps
 * @param sha256 over open time, open, high, low, close and volume of the bars as 8-byte big-endian
 *     numbers (times in milliseconds, others IEEE 754 doubles)
 */
public record HistorySummary(
        String symbol,
        int bars,
        String first,
        String last,
        int gaps,
        long missingMinutes,
        String sha256) {

    /** Returns this summary in the form a model's provenance holds. */
    public Provenance.Source source() {
        return new Provenance.Source(symbol, bars, first, last, gaps, missingMinutes, sha256);
    }
}
