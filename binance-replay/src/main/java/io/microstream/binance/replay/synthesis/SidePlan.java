package io.microstream.binance.replay.synthesis;

import io.microstream.binance.replay.Chance;
import java.math.BigInteger;

/**
 * What the takers of one side (buyers or sellers) trade within a minute: a volume, cut into rows of
 * at least one lot for each single trade, in a random but exactly exhausting way.
 *
 * <p>Lots: the volume is counted in {@code step} units of 1e-8. Where that count would not fit, the
 * step is coarser and the last row takes the rest. Row sizes are broken off the remaining stick by
 * weights of mean 1 with a long tail; the double only proposes, what is left is a long.
 */
final class SidePlan {

    private static final long LARGEST_COUNT = 1L << 62;
    private static final double[] WEIGHTS = longTailedWeights(256);

    private long step;
    private long lots;
    private long rest;
    private long smallestRows;
    private int rowsLeft;
    private long fillsLeft;
    private long freeLots;
    private long mostLots;

    /** Sets the volume, in units of 1e-8, and the lot it is traded in. */
    void volume(BigInteger units, long lotStep) {
        step = lotStep;
        BigInteger[] cut = units.divideAndRemainder(BigInteger.valueOf(step));
        while (cut[0].bitLength() > 62) {
            step *= 10;
            cut = units.divideAndRemainder(BigInteger.valueOf(step));
        }
        lots = cut[0].longValue();
        rest = cut[1].longValue();
        mostLots = Long.MAX_VALUE / step - 1;
        smallestRows = units.signum() == 0 ? 0 : units.shiftRight(62).longValueExact() + 1;
    }

    /** Returns the largest number of single trades, and so of rows. */
    long lots() {
        return lots;
    }

    /**
     * Returns the smallest number of rows: none without volume, more than one if a row could not
     * hold it.
     */
    long smallestRows() {
        return smallestRows;
    }

    /** Cuts the volume into {@code rows} rows of {@code fills} single trades in all. */
    void cutInto(int rows, long fills) {
        rowsLeft = rows;
        fillsLeft = fills;
        freeLots = lots - fills;
    }

    int rowsLeft() {
        return rowsLeft;
    }

    /** Returns how many single trades the next row is made of. */
    long nextFills(Chance chance) {
        long extra = fillsLeft - rowsLeft;
        if (extra == 0 || rowsLeft == 1) {
            return extra + 1;
        }
        long drawn = chance.below(2 * extra + 1);
        return 1 + Math.min(extra, (drawn + chance.below(rowsLeft)) / rowsLeft);
    }

    /**
     * Returns the quantity of the next row of {@code fills} single trades; the row is then done.
     */
    long nextQuantity(long fills, Chance chance) {
        rowsLeft--;
        fillsLeft -= fills;
        if (rowsLeft == 0) {
            return (fills + freeLots) * step + rest;
        }
        double weight = WEIGHTS[(int) (chance.bits() >>> 56)];
        long free = (long) (freeLots * (weight / (weight + rowsLeft)));
        if (freeLots > mostLots) {
            free = withinReach(free, fills);
        }
        freeLots -= free;
        return (fills + free) * step;
    }

    /** Keeps this row, and what is left for the rows after it, below the largest quantity. */
    private long withinReach(long free, long fills) {
        long later =
                rowsLeft > LARGEST_COUNT / mostLots
                        ? LARGEST_COUNT
                        : mostLots * rowsLeft - fillsLeft;
        return Math.min(Math.max(free, freeLots - later), mostLots - fills);
    }

    private static double[] longTailedWeights(int count) {
        double[] weights = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            weights[i] = StrictMath.pow(-StrictMath.log((i + 0.5) / count), 1.5);
            sum += weights[i];
        }
        for (int i = 0; i < count; i++) {
            weights[i] *= count / sum;
        }
        return weights;
    }
}
