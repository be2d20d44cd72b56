package io.microstream.standalone.flaws;

import io.microstream.market.Trade;
import io.microstream.testing.FlawedRows.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * What an input states where nothing in it says otherwise: the truth, but for what nobody could
 * know who has only the input. There are five such things, and no other:
 *
 * <ul>
 *   <li>A row's time was moved, but stays between the times of the rows before and after it in the
 *       order of ids, and inside the period that its file names, but for a second: by as much do
 *       times of real trades step back.
 *   <li>The times of a run of rows were moved by the same, and those that contradict them are all
 *       rows before or all rows behind, and no more than were moved: near the border of an input
 *       the majority can be wrong, and the right rows are set aside.
 *   <li>A row states another quantity or price, and no other row of the input states the right one.
 *   <li>Trades are missing before the first row, which lies in the first minute of the period that
 *       its file names, or after the last one, which lies in the last minute of it.
 *   <li>A whole file of another symbol follows all others in ids and in time. What separates it
 *       from them is a gap in the ids, which is reported; behind it the bars stand.
 * </ul>
 *
 * @param bars as the input states them
 * @param firstMinute the minute of the first row whose time is right
 * @param lastMinute the minute of the last row whose time is right
 * @param hidden how many such things were found
 */
record StatedTruth(TreeMap<Long, NaiveBar> bars, long firstMinute, long lastMinute, int hidden) {

    private static final long TOLERANCE_US = 1_000_000;

    private record Stated(InputFile file, Row row) {
        long id() {
            return row.trade().id();
        }

        boolean isMoved() {
            return row.origin() != null && row.trade().timeUs() != row.origin().timeUs();
        }

        /** Returns by how much the time was moved. */
        long shift() {
            return row.origin() == null ? 0 : row.trade().timeUs() - row.origin().timeUs();
        }

        boolean isInPlace() {
            return row.origin() != null && row.trade().timeUs() == row.origin().timeUs();
        }

        boolean isAltered() {
            return row.origin() != null
                    && row.trade().firstTradeId() == row.origin().firstTradeId()
                    && (row.trade().price() != row.origin().price()
                            || row.trade().quantity() != row.origin().quantity());
        }
    }

    static StatedTruth of(RandomMarket market, List<InputFile> files) {
        return new Reading(market, files).state();
    }

    private static final class Reading {
        private final RandomMarket market;
        private final TreeMap<Long, Trade> truth = new TreeMap<>();
        private final List<Stated> rows = new ArrayList<>();
        private boolean ended = true;
        private int hidden;

        Reading(RandomMarket market, List<InputFile> files) {
            this.market = market;
            market.trades().forEach(trade -> truth.put(trade.firstTradeId(), trade));
            for (InputFile file : files) {
                for (Row row : file.rows()) {
                    if (row.trade() == null) {
                        ended = false;
                    } else if (row.trade().quantity() > 0) {
                        rows.add(new Stated(file, row));
                    }
                }
            }
            rows.sort(
                    Comparator.comparingLong(Stated::id)
                            .thenComparing(each -> each.row().trade().firstTradeId()));
        }

        StatedTruth state() {
            List<Stated> inPlace = rows.stream().filter(Stated::isInPlace).toList();
            for (Stated row : rows) {
                moved(row, inPlace);
                altered(row);
            }
            rows.stream().map(Stated::file).distinct().forEach(file -> following(file, inPlace));
            if (!rows.isEmpty()) {
                beginning(rows.get(0));
                end(rows.get(rows.size() - 1));
            }
            TreeMap<Long, NaiveBar> bars = NaiveBar.of(truth.values());
            List<Long> minutes =
                    inPlace.stream().map(each -> NaiveBar.minute(each.row().trade())).toList();
            return new StatedTruth(
                    bars,
                    minutes.isEmpty() ? bars.firstKey() : minutes.get(0),
                    minutes.isEmpty() ? bars.lastKey() : minutes.get(minutes.size() - 1),
                    hidden);
        }

        private void moved(Stated row, List<Stated> inPlace) {
            if (!row.isMoved()) {
                return;
            }
            long time = row.row().trade().timeUs();
            boolean named = row.file().names(time, TOLERANCE_US);
            boolean alone = true;
            int contradicting = 0;
            int before = 0;
            for (Stated other : inPlace) {
                long there = other.row().trade().timeUs();
                boolean ordered =
                        other.id() < row.id()
                                ? there <= time + TOLERANCE_US
                                : there >= time - TOLERANCE_US;
                contradicting += ordered ? 0 : 1;
                before += other.id() < row.id() ? 1 : 0;
                alone &= other.row().origin() != row.row().origin();
            }
            long together = rows.stream().filter(other -> other.shift() == row.shift()).count();
            boolean outvoted =
                    contradicting <= together
                            && (contradicting == before
                                    || contradicting == inPlace.size() - before);
            if (named && alone && (contradicting == 0 || outvoted)) {
                restate(row);
                long first = row.row().origin().firstTradeId();
                truth.values().removeIf(trade -> isElsewhere(trade, first, time));
            }
        }

        /** Returns whether a trade, of the input or not, is in none of its minutes any more. */
        private static boolean isElsewhere(Trade trade, long first, long timeUs) {
            return trade.firstTradeId() < first
                    ? trade.timeUs() > timeUs + TOLERANCE_US
                    : trade.timeUs() < timeUs - TOLERANCE_US;
        }

        private void altered(Stated row) {
            if (row.isAltered()
                    && rows.stream()
                            .noneMatch(
                                    other ->
                                            other.row().origin() == row.row().origin()
                                                    && !other.isAltered())) {
                restate(row);
            }
        }

        private void restate(Stated row) {
            hidden++;
            truth.put(row.row().origin().firstTradeId(), row.row().trade());
        }

        private void following(InputFile file, List<Stated> inPlace) {
            List<Trade> trades = file.rows().stream().map(Row::trade).toList();
            boolean strange = file.rows().stream().allMatch(row -> row.origin() == null);
            if (!strange || trades.contains(null) || inPlace.isEmpty()) {
                return;
            }
            Stated last = inPlace.get(inPlace.size() - 1);
            if (last.id() < trades.get(0).id()) {
                long own = NaiveBar.minute(last.row().trade());
                truth.values().removeIf(trade -> NaiveBar.minute(trade) > own);
                trades.stream()
                        .filter(trade -> NaiveBar.minute(trade) > own)
                        .forEach(trade -> truth.put(trade.firstTradeId(), trade));
                hidden++;
            }
        }

        private void beginning(Stated first) {
            Trade trade = first.row().trade();
            boolean proven =
                    first.file().fromUs() >= 0
                            && trade.timeUs() >= first.file().fromUs()
                            && trade.timeUs() < first.file().fromUs() + RandomMarket.MINUTE_US;
            if (first.row().origin() == null || !proven) {
                return;
            }
            if (trade.firstTradeId() > first.row().origin().firstTradeId()) {
                restate(first);
            }
            hidden += truth.headMap(first.row().origin().firstTradeId()).isEmpty() ? 0 : 1;
            truth.headMap(first.row().origin().firstTradeId()).clear();
        }

        private void end(Stated last) {
            Trade trade = last.row().trade();
            boolean proven =
                    last.file().toUs() >= 0
                            && trade.timeUs() < last.file().toUs()
                            && trade.timeUs() >= last.file().toUs() - RandomMarket.MINUTE_US;
            if (last.row().origin() == null || !proven || !ended) {
                return;
            }
            hidden += truth.tailMap(last.row().origin().firstTradeId(), false).isEmpty() ? 0 : 1;
            truth.tailMap(last.row().origin().firstTradeId(), false).clear();
        }
    }
}
