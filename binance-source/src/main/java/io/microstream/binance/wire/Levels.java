package io.microstream.binance.wire;

import io.microstream.binance.wire.WordReader.Literal;
import java.util.Arrays;

/**
 * Holds one side of an order book as a frame gives it: prices and quantities in units of 1e-8, in
 * the frame's order. In updates a quantity is absolute and 0 deletes the level. Valid until the
 * parser reads the next frame.
 */
public final class Levels {

    private static final int NONE = -1;
    private static final Literal OPEN = Literal.of("[\"");
    private static final Literal BETWEEN = Literal.of("\",\"");
    private static final Literal NEXT = Literal.of("\"],[\"");
    private static final Literal CLOSE = Literal.of("\"]]");

    private long[] prices = new long[64];
    private long[] quantities = new long[64];
    private final WordReader words = new WordReader();
    private int size;
    private int start = NONE;

    Levels() {}

    /** Returns how many levels the frame has on this side. */
    public int size() {
        return size;
    }

    /** Returns the price of the level, &gt; 0. */
    public long price(int level) {
        return prices[level];
    }

    /** Returns the quantity at the level, ≥ 0. */
    public long quantity(int level) {
        return quantities[level];
    }

    void clear() {
        size = 0;
        start = NONE;
    }

    /** Returns whether the array that begins there has been read already, by {@link #readUsual}. */
    boolean isOf(int arrayStart) {
        return start == arrayStart;
    }

    /**
     * Reads the array that begins at {@code from} if it has the form that Binance sends: strings of
     * eight decimals, no white space, at least one level. Returns where it ends; −1 if it has
     * another form, and then there are no levels.
     */
    int readUsual(byte[] bytes, int from, int to) {
        clear();
        words.over(bytes, from + 1, to);
        boolean more = words.skip(OPEN);
        while (more) {
            long price = words.decimal();
            boolean pair = words.skip(BETWEEN);
            long quantity = words.decimal();
            if (price <= 0 || !pair || quantity < 0) {
                break;
            }
            add(price, quantity);
            more = words.skip(NEXT);
            if (!more && words.skip(CLOSE)) {
                start = from;
                return words.at;
            }
        }
        size = 0;
        return NONE;
    }

    /** Reads {@code [["price","quantity"],…]}; elements after the quantity are ignored. */
    void read(JsonScanner scanner) {
        clear();
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
