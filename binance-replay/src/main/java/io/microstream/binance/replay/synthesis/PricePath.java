package io.microstream.binance.replay.synthesis;

import io.microstream.binance.replay.Chance;

/**
 * The prices of a minute, row by row: from open to close, touching high and low exactly, never
 * outside them, all on the tick.
 *
 * <p>A random bridge from waypoint to waypoint (open, the extremes in random order, close): each
 * row moves by the drift that the rest of the way needs, rounded at random, and half of the rows by
 * some noise that makes the path about as rough as its range; reflected at the extremes. An extreme
 * that open or close touches needs no waypoint of its own.
 */
final class PricePath {

    private final long[] points = new long[4];
    private final int[] pointRows = new int[4];
    private long tick;
    private long high;
    private long low;
    private int count;
    private int next;
    private int row;
    private long price;
    private long noise;

    /** Sets the four prices, in units of 1e-8 and multiples of the tick. */
    void through(long open, long highest, long lowest, long close, long newTick) {
        tick = newTick;
        high = highest / tick;
        low = lowest / tick;
        count = 0;
        points[count++] = open / tick;
        if (highest != open && highest != close) {
            points[count++] = high;
        }
        if (lowest != open && lowest != close) {
            points[count++] = low;
        }
        if (count > 1 || close != open) {
            points[count++] = close / tick;
        }
    }

    /** Returns the smallest number of rows that can touch the four prices: 1 to 4. */
    int fewestRows() {
        return count;
    }

    /** Lays the path over {@code rows} ≥ {@link #fewestRows()} rows. */
    void layOver(int rows, Chance chance) {
        if (count == 4 && chance.below(2) == 0) {
            long swapped = points[1];
            points[1] = points[2];
            points[2] = swapped;
        }
        pointRows[0] = 0;
        if (count == 3) {
            pointRows[1] = 1 + (int) chance.below(rows - 2);
        } else if (count == 4) {
            int a = 1 + (int) chance.below(rows - 2);
            int b = 1 + (int) chance.below(rows - 3);
            pointRows[1] = Math.min(a, b >= a ? b + 1 : b);
            pointRows[2] = Math.max(a, b >= a ? b + 1 : b);
        }
        if (count > 1) {
            pointRows[count - 1] = rows - 1;
        }
        noise = (long) (1.5 * (high - low) / Math.sqrt(rows)) + 1;
        next = 0;
        row = 0;
        price = points[0];
    }

    /** Returns the price of the next row, in units of 1e-8. */
    long nextPrice(Chance chance) {
        if (next < count && row == pointRows[next]) {
            price = points[next++];
        } else {
            price = count == 1 ? price : wander(chance.bits());
        }
        row++;
        return price * tick;
    }

    private long wander(long bits) {
        int rowsToGo = pointRows[next] - row + 1;
        long random = (bits >>> 33) * rowsToGo >>> 31;
        long moved = price + Math.floorDiv(points[next] - price + random, (long) rowsToGo);
        if ((bits & 1) == 0) {
            moved += Math.multiplyHigh((bits & ~1L) << 31 >>> 1, (2 * noise + 1) << 1) - noise;
        }
        return reflected(moved);
    }

    private long reflected(long moved) {
        if (moved > high) {
            return Math.max(low, 2 * high - moved);
        }
        return moved < low ? Math.min(high, 2 * low - moved) : moved;
    }
}
