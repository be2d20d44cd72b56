package io.microstream.job.sinks.jdbc;

import io.microstream.market.BarOrigin;

/**
 * The order of bars of one minute that different runs made, as conditions in SQL. Within a run the
 * revision decides; docs/internals.md has the table of cases.
 */
final class BarOrder {

    private BarOrder() {}

    /**
     * Returns a condition that is true if a stored bar of another run stays where a new one, or a
     * row computed from it, arrives. It may be null where a column is, which means that it does not
     * stay.
     *
     * @param stored alias of the stored row of {@code bars}
     * @param arriving alias of the new row, with the columns of the origin
     * @param revision name of the new row's column that holds the revision of its bar
     * @param overwrites whether the run replaces complete bars by complete ones
     */
    static String stays(String stored, String arriving, String revision, boolean overwrites) {
        String higher = rank() + " > a.bar_rank";
        String equal =
                rank()
                        + " = a.bar_rank AND CASE WHEN "
                        + digest()
                        + " = a.bar_digest THEN s.run_from < a.run_from ELSE a.bar_rank >= "
                        + BarOrigin.COMPLETE_IN_PART
                        + " END";
        String condition =
                "s.is_final AND (a."
                        + revision
                        + " < 0 OR "
                        + higher
                        + (overwrites ? "" : " OR " + equal)
                        + ")";
        return condition.replaceAll("\\bs\\.", stored + ".").replaceAll("\\ba\\.", arriving + ".");
    }

    /** Returns the rank of the stored bar {@code s}, which rows of earlier releases lack. */
    private static String rank() {
        return "coalesce(s.bar_rank, CASE WHEN s.complete THEN "
                + BarOrigin.COMPLETE
                + " - (s.quote_volume IS NULL)::int ELSE coalesce(s.trade_count, 0) END)";
    }

    /** Returns the digest of the stored bar {@code s}, which rows of earlier releases lack. */
    private static String digest() {
        return "coalesce(s.bar_digest, " + digestOfNumbers("s") + ")";
    }

    /** Returns the digest of the numbers that a row of {@code bars} holds now. */
    static String digestOfNumbers(String alias) {
        return "bar_digest(s.open, s.high, s.low, s.close, s.volume, s.quote_volume, s.taker_buy_volume, s.taker_buy_quote_volume, s.trade_count)"
                .replaceAll("\\bs\\.", alias + ".");
    }
}
