package io.microstream.binance.replay.dump;

import java.time.LocalDate;

/** The unit of the times in a dump file; a file never mixes units. */
public enum DumpTime {
    /** As Binance does: milliseconds in periods before 2025, microseconds from 2025-01-01 on. */
    AS_BINANCE,
    MILLISECONDS,
    MICROSECONDS;

    private static final LocalDate FIRST_DAY_OF_MICROSECONDS = LocalDate.of(2025, 1, 1);

    /** Returns the microseconds of one unit in a file whose period begins on a day. */
    long microsPerUnit(LocalDate periodStart) {
        return switch (this) {
            case MILLISECONDS -> 1000;
            case MICROSECONDS -> 1;
            case AS_BINANCE -> periodStart.isBefore(FIRST_DAY_OF_MICROSECONDS) ? 1000 : 1;
        };
    }
}
