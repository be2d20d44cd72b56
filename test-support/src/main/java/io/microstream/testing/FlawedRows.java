package io.microstream.testing;

import io.microstream.market.Decimal8;
import io.microstream.market.Trade;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of one symbol's dump, into which a test puts flaws on purpose. Positions are those of
 * the rows as they stand when a flaw is put in; to plan several flaws by the positions of the
 * unflawed rows, put in the last one first.
 */
public final class FlawedRows {

    private final List<Row> rows = new ArrayList<>();

    /**
     * A row of a dump.
     *
     * @param trade what the row states; null if it is a line that cannot be read
     * @param origin the trade of the market that the row should state; null if there is none
     * @param line the text of a line that cannot be read; null for a trade
     */
    public record Row(Trade trade, Trade origin, String line) {

        /** Creates a row that states a trade as it was. */
        public static Row of(Trade trade) {
            return new Row(trade, trade, null);
        }

        private Row stating(Trade other) {
            return new Row(other, origin, null);
        }

        /**
         * Returns the row as a line of Binance's dumps of aggregate trades.
         *
         * @param unitUs the unit of the times, in microseconds: 1 or 1000
         */
        public String aggTrade(long unitUs) {
            if (trade == null) {
                return line;
            }
            return String.join(
                    ",",
                    String.valueOf(trade.id()),
                    decimal(trade.price()),
                    decimal(trade.quantity()),
                    String.valueOf(trade.firstTradeId()),
                    String.valueOf(trade.lastTradeId()),
                    String.valueOf(trade.timeUs() / unitUs),
                    trade.buyerIsMaker() ? "True" : "False",
                    "True");
        }

        /** Returns a price or a quantity with eight decimals, as Binance writes it. */
        public static String decimal(long units) {
            return Decimal8.toBigDecimal(units).setScale(Decimal8.SCALE).toPlainString();
        }
    }

    private FlawedRows() {}

    /** Returns the rows of trades, without flaws. */
    public static FlawedRows of(List<Trade> trades) {
        FlawedRows flawed = new FlawedRows();
        trades.forEach(trade -> flawed.rows.add(Row.of(trade)));
        return flawed;
    }

    /** Returns the rows as they stand. */
    public List<Row> rows() {
        return List.copyOf(rows);
    }

    public int size() {
        return rows.size();
    }

    /** Loses rows with their ids: the ids that follow have a gap before them. */
    public FlawedRows lose(int at, int count) {
        rows.subList(at, Math.min(rows.size(), at + count)).clear();
        return this;
    }

    /** Loses rows without a gap: the ids that follow move up, those of single trades do not. */
    public FlawedRows loseSingleTrades(int at, int count) {
        long lost = rows.get(at).trade().id();
        lose(at, count);
        renumber(at, lost, -count);
        return this;
    }

    /** Loses the first single trade of a row, which keeps its id and has a smaller quantity. */
    public FlawedRows loseFirstSingleTrade(int at, long quantity) {
        Trade whole = rows.get(at).trade();
        Trade rest =
                new Trade(
                        whole.symbol(),
                        whole.id(),
                        whole.price(),
                        quantity,
                        whole.firstTradeId() + 1,
                        whole.lastTradeId(),
                        whole.timeUs(),
                        whole.buyerIsMaker());
        rows.set(at, rows.get(at).stating(rest));
        return this;
    }

    /** Repeats the last rows up to a position right after it; fewer where there are fewer. */
    public FlawedRows repeat(int at, int count) {
        rows.addAll(at + 1, List.copyOf(rows.subList(Math.max(0, at + 1 - count), at + 1)));
        return this;
    }

    /** Repeats rows as {@link #repeat} does, under new ids: the ids that follow move down. */
    public FlawedRows repeatUnderNewIds(int at, int count) {
        int from = Math.max(0, at + 1 - count);
        List<Row> again = new ArrayList<>();
        long id = rows.get(at).trade().id();
        for (Row row : rows.subList(from, at + 1)) {
            again.add(row.stating(with(row.trade(), ++id, row.trade().timeUs())));
        }
        renumber(at + 1, id - again.size(), again.size());
        rows.addAll(at + 1, again);
        return this;
    }

    /** Moves the times of rows. */
    public FlawedRows move(int at, int count, long byUs) {
        for (int i = at; i < Math.min(rows.size(), at + count); i++) {
            Trade trade = rows.get(i).trade();
            if (trade != null) {
                Trade moved = with(trade, trade.id(), trade.timeUs() + byUs);
                rows.set(i, rows.get(i).stating(moved));
            }
        }
        return this;
    }

    /** Lets a row state another trade than that of its origin. */
    public FlawedRows state(int at, Trade other) {
        rows.set(at, rows.get(at).stating(other));
        return this;
    }

    /** Inserts a row before the one at a position. */
    public FlawedRows insert(int at, Row row) {
        rows.add(at, row);
        return this;
    }

    /** Inserts a line that is no trade before the row at a position. */
    public FlawedRows insertLine(int at, String line) {
        return insert(at, new Row(null, null, line));
    }

    private void renumber(int from, long above, long by) {
        for (int i = from; i < rows.size(); i++) {
            Trade trade = rows.get(i).trade();
            if (trade != null && trade.id() > above) {
                rows.set(i, rows.get(i).stating(with(trade, trade.id() + by, trade.timeUs())));
            }
        }
    }

    private static Trade with(Trade trade, long id, long timeUs) {
        return new Trade(
                trade.symbol(),
                id,
                trade.price(),
                trade.quantity(),
                trade.firstTradeId(),
                trade.lastTradeId(),
                timeUs,
                trade.buyerIsMaker());
    }
}
