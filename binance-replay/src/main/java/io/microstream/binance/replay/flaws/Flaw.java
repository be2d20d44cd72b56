package io.microstream.binance.replay.flaws;

import java.time.Duration;

/** A flaw that dumps and feeds of the real exchange have, to be put into a synthesized one. */
public sealed interface Flaw {

    /**
     * Rows that are missing, this one first.
     *
     * @param rows how many
     */
    record Gap(int rows) implements Flaw {
        public Gap {
            requirePositive(rows);
        }
    }

    /**
     * The last rows come again after this one, itself the last of them.
     *
     * @param rows how many; fewer where fewer were written
     */
    record Repeat(int rows) implements Flaw {
        public Repeat {
            requirePositive(rows);
        }
    }

    /**
     * This row's time lies in the past.
     *
     * @param by by how much
     */
    record Late(Duration by) implements Flaw {}

    /**
     * A line that is no trade, before this row.
     *
     * @param text the line
     */
    record Malformed(String text) implements Flaw {}

    private static void requirePositive(int rows) {
        if (rows < 1) {
            throw new IllegalArgumentException("A flaw concerns at least one row: rows=" + rows);
        }
    }
}
