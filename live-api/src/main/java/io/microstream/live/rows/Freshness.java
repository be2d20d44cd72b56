package io.microstream.live.rows;

import java.time.Duration;
import java.time.Instant;

/**
 * What a symbol's newest results are, judged by what is known of their run, by their commit and by
 * the clock. Where nothing is known of the run, commit and clock alone decide; live-api/README.md
 * has the table.
 */
public enum Freshness {
    /** Of the market now. */
    LIVE,
    /** Of the market, but late, or of a run that may have stopped. */
    DELAYED,
    /** The newest of a run that has ended. */
    ENDED,
    /** Of a run that ended more than a day ago, or of one whose rows do not say when. */
    HISTORY,
    /** Of a recorded or simulated market that is being played. */
    SIMULATED;

    /**
     * Commits no older than this are recent: a minute is committed by then if its market trades.
     */
    static final Duration RECENT = Duration.ofSeconds(90);

    /** The newest minute of a market that is followed ended no longer ago than this. */
    static final Duration LEVEL = Duration.ofMinutes(3);

    /** The running minute ends no later than this after now; clocks may differ by some of it. */
    static final Duration AHEAD = Duration.ofSeconds(65);

    /** Without a commit for so long a feed is not delayed any more: its run has ended. */
    static final Duration OVER = Duration.ofMinutes(15);

    /** What was committed so long ago is history; a minute so far from the clock is played. */
    static final Duration DAY = Duration.ofDays(1);

    /**
     * Judges the newest results of a symbol.
     *
     * @param committedAt when the newest minute was last committed; null if its row does not say
     * @param minuteEnd end of the newest minute
     */
    public static Freshness of(RunState run, Instant now, Instant committedAt, Instant minuteEnd) {
        if (run == RunState.SIMULATED) {
            return SIMULATED;
        } else if (committedAt == null) {
            return switch (run) {
                case LIVE -> DELAYED;
                case ENDED -> ENDED;
                default -> HISTORY;
            };
        }
        Duration age = Duration.between(committedAt, now);
        Duration behind = Duration.between(minuteEnd, now);
        boolean isLevel = behind.compareTo(LEVEL) <= 0 && behind.negated().compareTo(AHEAD) <= 0;
        if (run != RunState.LIVE) {
            if (age.compareTo(DAY) > 0) {
                return HISTORY;
            } else if (run == RunState.ENDED || age.compareTo(OVER) > 0) {
                return ENDED;
            } else if (behind.compareTo(DAY) > 0 || behind.negated().compareTo(AHEAD) > 0) {
                return age.compareTo(LEVEL) <= 0 ? SIMULATED : ENDED;
            }
        }
        return isLevel && age.compareTo(RECENT) <= 0 ? LIVE : DELAYED;
    }
}
