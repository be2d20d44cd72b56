package io.microstream.binance.archive;

import io.microstream.binance.wire.BinanceTime;
import io.microstream.binance.wire.Digits;
import io.microstream.market.Bar;
import java.io.Closeable;
import java.math.BigDecimal;
import java.nio.file.Path;

/**
 * Reads the rows of a dump of one-minute klines in the file's order: open time, open, high, low,
 * close, volume[, close time, quote volume, trade count, taker-buy volume, taker-buy quote volume,
 * unused].
 */
final class KlineRows implements Closeable {

    private static final int FULL = 12;
    private static final long MINUTE_US = 60_000_000;

    private final CsvColumns csv;
    private final String symbol;
    private boolean unitKnown;
    private boolean micros;
    private String reason;
    private long openTimeUs;
    private long open;
    private long high;
    private long low;
    private long close;

    KlineRows(Path file, String symbol) {
        this.csv = new CsvColumns(file, DumpKind.KLINES);
        this.symbol = symbol;
    }

    boolean header() {
        return csv.header;
    }

    boolean micros() {
        return micros;
    }

    long line() {
        return csv.lines.line;
    }

    int repeatedHeaders() {
        return csv.repeatedHeaders;
    }

    /** Returns the closing price in units of 1e-8. */
    long close8() {
        return close;
    }

    /** Returns the time from open to close, microseconds; −1 if the file has no close times. */
    long lengthUs() {
        if (csv.columns < FULL) {
            return -1;
        }
        long unit = micros ? 1 : 1_000;
        return natural(6) * unit + unit - openTimeUs;
    }

    /** Returns why the row is malformed; null if it can be read. */
    String malformedReason() {
        return reason;
    }

    String malformedText() {
        return TradeRow.startOf(csv.lines.bytes, csv.lines.from, csv.lines.to);
    }

    long openTimeUs() {
        return openTimeUs;
    }

    /** Moves to the next row, readable or malformed; returns false at the end of the file. */
    boolean next() {
        if (!csv.next()) {
            return false;
        }
        reason = read();
        return true;
    }

    private String read() {
        if (!csv.isWhole()) {
            return "wrong number of columns";
        }
        long time = natural(0);
        openTimeUs = time < 0 ? BinanceTime.ABSURD : BinanceTime.toMicros(time);
        if (openTimeUs < 0 || openTimeUs % MINUTE_US != 0) {
            return "open time is not the start of a minute between the years 2000 and 2100";
        }
        if (unitKnown && BinanceTime.isMicros(time) != micros) {
            return TradeRow.OTHER_TIME_UNIT;
        }
        String prices = prices();
        if (prices != null) {
            return prices;
        }
        if (!quantitiesAreReadable()) {
            return "volume or trade count is not a plain number";
        }
        unitKnown = true;
        micros = BinanceTime.isMicros(time);
        return null;
    }

    private String prices() {
        open = price(1);
        high = price(2);
        low = price(3);
        close = price(4);
        if (open <= 0 || high <= 0 || low <= 0 || close <= 0) {
            return "price is not a decimal above zero";
        }
        boolean inside = low <= Math.min(open, close) && high >= Math.max(open, close);
        return inside ? null : "open or close lies outside low and high";
    }

    private boolean quantitiesAreReadable() {
        if (!isDecimal(5)) {
            return false;
        }
        return csv.columns < FULL
                || (natural(6) >= 0
                        && isDecimal(7)
                        && natural(8) >= 0
                        && isDecimal(9)
                        && isDecimal(10));
    }

    /** Returns the current row as a bar; the fields that six columns lack are unknown. */
    Bar toBar() {
        boolean full = csv.columns == FULL;
        return new Bar(
                symbol,
                openTimeUs / 1_000,
                BigDecimal.valueOf(open, 8),
                BigDecimal.valueOf(high, 8),
                BigDecimal.valueOf(low, 8),
                BigDecimal.valueOf(close, 8),
                quantity(5),
                full ? quantity(7) : null,
                full ? quantity(9) : null,
                full ? quantity(10) : null,
                full ? natural(8) : -1,
                -1,
                -1,
                true,
                true,
                0);
    }

    private long natural(int column) {
        return Digits.natural(csv.lines.bytes, csv.from(column), csv.to(column));
    }

    private long price(int column) {
        return Digits.decimal8(csv.lines.bytes, csv.from(column), csv.to(column));
    }

    private boolean isDecimal(int column) {
        return price(column) >= 0 || quantity(column) != null;
    }

    private BigDecimal quantity(int column) {
        return Digits.largeDecimal(csv.lines.bytes, csv.from(column), csv.to(column));
    }

    @Override
    public void close() {
        csv.lines.close();
    }
}
