package io.microstream.binance.archive;

import io.microstream.binance.wire.BinanceTime;
import io.microstream.binance.wire.Digits;
import java.nio.file.Path;

/**
 * Reads the rows of a dump of trades or aggregate trades in the file's order.
 *
 * <p>Aggregate trades: id, price, quantity, first id, last id, time, buyer is maker[, best match].
 * Trades: id, price, quantity, quote quantity, time, buyer is maker[, best match].
 */
final class CsvTradeRows implements TradeRows {

    private final CsvColumns csv;
    private final boolean aggregated;
    private final int timeColumn;
    private final TradeRow row = new TradeRow();
    private boolean unitKnown;
    private boolean micros;

    CsvTradeRows(Path file, DumpKind kind) {
        csv = new CsvColumns(file, kind);
        aggregated = kind == DumpKind.AGG_TRADES;
        timeColumn = aggregated ? 5 : 4;
    }

    boolean header() {
        return csv.header;
    }

    /** Returns the columns and the spelling of the current row's first flag, as text for users. */
    String layout() {
        boolean capital = csv.lines.bytes[csv.from(timeColumn + 1)] <= 'Z';
        return csv.columns + " columns, flags as " + (capital ? "True" : "true");
    }

    int repeatedHeaders() {
        return csv.repeatedHeaders;
    }

    boolean micros() {
        return micros;
    }

    @Override
    public boolean next() {
        if (!csv.next()) {
            return false;
        }
        row.line = csv.lines.line;
        String reason = read();
        if (reason == null) {
            row.readable();
        } else {
            row.malformed(reason, csv.lines);
        }
        return true;
    }

    private String read() {
        row.clear();
        row.id = natural(0);
        if (!csv.isWhole()) {
            return "wrong number of columns";
        }
        if (row.id < 0) {
            return "id is not a whole number";
        }
        row.price = decimal(1);
        if (row.price <= 0) {
            return "price " + decimalFault(1);
        }
        row.quantity = decimal(2);
        if (row.quantity == 0) {
            return "quantity is zero";
        }
        if (row.quantity < 0) {
            return "quantity " + decimalFault(2);
        }
        String reason = aggregated ? tradeIds() : quoteQuantity();
        reason = reason == null ? time() : reason;
        return reason == null ? flags() : reason;
    }

    private String tradeIds() {
        row.firstTradeId = natural(3);
        row.lastTradeId = natural(4);
        if (row.firstTradeId < 0 || row.lastTradeId < 0) {
            return "trade id is not a whole number";
        }
        return row.lastTradeId < row.firstTradeId ? "last trade id is below the first" : null;
    }

    private String quoteQuantity() {
        row.firstTradeId = row.id;
        row.lastTradeId = row.id;
        int from = csv.from(3);
        for (int at = from; at < csv.to(3); at++) {
            byte b = csv.lines.bytes[at];
            if ((b < '0' || b > '9') && b != '.') {
                return "quote quantity is not a decimal";
            }
        }
        return from == csv.to(3) ? "quote quantity is not a decimal" : null;
    }

    private String time() {
        long time = natural(timeColumn);
        row.timeUs = time < 0 ? BinanceTime.ABSURD : BinanceTime.toMicros(time);
        if (row.timeUs < 0) {
            return "time is not between the years 2000 and 2100";
        }
        if (unitKnown && BinanceTime.isMicros(time) != micros) {
            return TradeRow.OTHER_TIME_UNIT;
        }
        return null;
    }

    private String flags() {
        int maker = flag(timeColumn + 1);
        boolean matchReadable = csv.columns == timeColumn + 2 || flag(timeColumn + 2) >= 0;
        if (maker < 0 || !matchReadable) {
            return "flag is neither true nor false";
        }
        row.buyerIsMaker = maker == 1;
        if (!unitKnown) {
            unitKnown = true;
            micros = BinanceTime.isMicros(natural(timeColumn));
        }
        return null;
    }

    private long natural(int column) {
        return Digits.natural(csv.lines.bytes, csv.from(column), csv.to(column));
    }

    private long decimal(int column) {
        return Digits.decimal8(csv.lines.bytes, csv.from(column), csv.to(column));
    }

    private String decimalFault(int column) {
        return Digits.decimalFault(csv.lines.bytes, csv.from(column), csv.to(column));
    }

    /** Returns 1 for true, 0 for false and −1 for anything else; upper or lower case. */
    private int flag(int column) {
        int from = csv.from(column);
        int length = csv.to(column) - from;
        if (length == 4 && is("true", from)) {
            return 1;
        }
        return length == 5 && is("false", from) ? 0 : -1;
    }

    private boolean is(String word, int from) {
        for (int i = 0; i < word.length(); i++) {
            if ((csv.lines.bytes[from + i] | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public TradeRow row() {
        return row;
    }

    @Override
    public void close() {
        csv.lines.close();
    }
}
