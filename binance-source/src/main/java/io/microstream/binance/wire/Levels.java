package io.microstream.binance.wire;

import java.util.Arrays;

/**
 * One side of an order book as a frame gives it: prices and quantities in units of 1e-8, in the
 * frame's order; in updates a quantity is absolute and 0 deletes the level. Reused: valid until the
 * parser reads the next frame.
 */
public final class Levels {

    private long[] prices = new long[64];
    private long[] quantities = new long[64];
    private int size;

    Levels() {}

    /** How many levels the frame has on this side. */
    public int size() {
        return size;
    }

    /** Price of the level, &gt; 0. */
    public long price(int level) {
        return prices[level];
    }

    /** Quantity at the level, ≥ 0. */
    public long quantity(int level) {
        return quantities[level];
    }

    void clear() {
        size = 0;
    }

    /** Reads {@code [["price","quantity"],…]}; elements after the quantity are passed over. */
    void read(JsonScanner scanner) {
        size = 0;
        scanner.expect('[');
        if (scanner.consume(']')) {
            return;
        }
        do {
            scanner.expect('[');
            long price = decimal(scanner);
            if (price == 0) {
                throw new MalformedFrameException("level with price 0");
            }
            scanner.expect(',');
            long quantity = decimal(scanner);
            while (scanner.more(']')) {
                scanner.value(2);
            }
            add(price, quantity);
        } while (scanner.more(']'));
    }

    private static long decimal(JsonScanner scanner) {
        scanner.value(2);
        long value = Digits.UNREADABLE;
        if (scanner.escaped) {
            byte[] plain = JsonScanner.unescape(scanner.bytes, scanner.start, scanner.end);
            value = Digits.decimal8(plain, 0, plain.length);
        } else {
            value = Digits.decimal8(scanner.bytes, scanner.start, scanner.end);
        }
        if (value < 0) {
            throw new MalformedFrameException("level that is not two plain decimals");
        }
        return value;
    }

    private void add(long price, long quantity) {
        if (size == prices.length) {
            prices = Arrays.copyOf(prices, 2 * size);
            quantities = Arrays.copyOf(quantities, 2 * size);
        }
        prices[size] = price;
        quantities[size++] = quantity;
    }
}
