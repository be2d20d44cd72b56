package io.microstream.binance.source.reader;

import io.microstream.binance.source.split.SymbolSplitState;
import io.microstream.binance.source.split.TradeSequence;
import io.microstream.market.Bar;
import io.microstream.market.CompletenessMark;
import io.microstream.market.DataQuality;
import io.microstream.market.DisputedMinutes;
import io.microstream.market.FeedEvent;
import io.microstream.market.Trade;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.SourceOutput;

/**
 * Turns the rows of a split into events: drops duplicates, reports gaps and what cannot be read,
 * and makes the split's watermark.
 *
 * <p>The watermark says what the ids prove: once a trade of a later minute is out, every trade of
 * the minutes before it is out too. It follows the trade, so whoever learns from a trade that ids
 * are missing learns it before the minute is closed.
 */
final class SplitOutput {

    private static final long FARTHEST_DISPUTE_US = 2 * 3_600_000_000L;

    private final SourceOutput<FeedEvent> output;
    private final SymbolSplitState split;
    private final TradeSequence sequence;

    SplitOutput(SourceOutput<FeedEvent> output, SymbolSplitState split) {
        this.output = output;
        this.split = split;
        this.sequence = split.sequence();
    }

    /** Emits the trade in a row, unless it has been already. */
    void trade(FeedBatch batch, int row) {
        long id = batch.ids[row];
        long timeUs = batch.timesUs[row];
        long firstTradeId = batch.firstTradeIds[row];
        long previousId = sequence.lastId();
        long previousUs = sequence.lastTimeUs();
        long jump = sequence.jumpTo(id, firstTradeId, batch.lastTradeIds[row]);
        long skipped = sequence.skipped();
        long setAside = sequence.setAside();
        long missing = sequence.take(id, firstTradeId, batch.lastTradeIds[row], timeUs);
        if (missing == TradeSequence.DUPLICATE) {
            return;
        }
        if (missing == Trade.UNKNOWN && split.isProvenFirst(id)) {
            missing = 0;
        }
        if (missing > 0) {
            report(FeedFaults.gap(split.symbol(), timeUs, previousId, id, split.whyLost()));
        } else if (jump != 0) {
            report(FeedFaults.jump(split.symbol(), timeUs, id, firstTradeId, jump));
        }
        if (previousUs >= 0 && timeUs - previousUs > Bar.LONGEST_FILLED_PAUSE_MS * 1000) {
            report(FeedFaults.longPause(split.symbol(), id, previousUs, timeUs));
        }
        endRunThatIsPast();
        boolean touched =
                setAside > 0
                        || jump != 0
                        || (!batch.contradicted.isEmpty() && batch.contradicted.get(row));
        Trade trade =
                new Trade(
                        split.symbol(),
                        id,
                        batch.prices[row],
                        batch.quantities[row],
                        firstTradeId,
                        batch.lastTradeIds[row],
                        timeUs,
                        batch.buyersAreMakers[row],
                        missing == 0 && touched ? Math.max(1, setAside) : missing,
                        split.isProvenLast(id),
                        batch.receivedAtMs == null ? 0 : batch.receivedAtMs[row],
                        skipped);
        output.collect(trade, timeUs / 1000);
        advanceWatermark(trade.minuteMs());
    }

    /**
     * Emits a kline. Its id is its minute, so gaps and repeats are found as those of trades are.
     */
    void kline(Bar kline) {
        long minute = kline.openTimeMs() / Bar.MINUTE_MS;
        long timeUs = kline.openTimeMs() * 1000;
        long previous = sequence.lastId();
        long missing = sequence.take(minute, minute, minute, timeUs);
        if (missing == TradeSequence.DUPLICATE) {
            return;
        }
        if (missing > 0) {
            String why = "minutes not in the input";
            report(FeedFaults.gap(split.symbol(), timeUs, previous, minute, why));
        }
        endRunThatIsPast();
        output.collect(kline, kline.closeTimeMs());
        advanceWatermark(kline.openTimeMs() + Bar.MINUTE_MS);
    }

    /**
     * Reports a row that is in no bar, at the time of the newest trade. Its id counts as known, so
     * it is no gap; unless the row is declared to be no trade, the next trade makes the minutes
     * around it incomplete.
     */
    void setAside(FeedBatch.SetAside row) {
        long id = row.usedId();
        if (id > sequence.lastId()) {
            long missing = sequence.lastId() < 0 ? 0 : id - sequence.lastId() - 1;
            if (missing > 0) {
                long timeUs = sequence.lastTimeUs();
                report(
                        FeedFaults.gap(
                                split.symbol(), timeUs, sequence.lastId(), id, split.whyLost()));
            }
            boolean isTrade = row.kind() != DataQuality.Kind.NOT_A_TRADE;
            sequence.setAside(id, row.lastTradeId(), isTrade, missing);
        } else if (row.kind() == DataQuality.Kind.TIME_OUTLIER) {
            sequence.contradict();
        }
        report(FeedFaults.setAside(split.symbol(), sequence.lastTimeUs(), row));
        if (row.kind() == DataQuality.Kind.TIME_OUTLIER
                || row.kind() == DataQuality.Kind.CONFLICT) {
            dispute(sequence.lastTimeUs(), row.timeUs());
        }
    }

    /**
     * Marks the minutes from that of the newest trade to the one that a quarantined trade states.
     * One that lies further off can only be the wrong one, and is not touched.
     */
    private void dispute(long newestUs, long statedUs) {
        if (newestUs >= 0
                && statedUs != newestUs
                && Math.abs(statedUs - newestUs) <= FARTHEST_DISPUTE_US) {
            output.collect(
                    new DisputedMinutes(
                            split.symbol(),
                            Bar.minuteOf(Math.min(newestUs, statedUs)),
                            Math.max(newestUs, statedUs)),
                    newestUs / 1000);
        }
    }

    /** Emits a mark that all trades before a moment have arrived. */
    void completeUntil(long untilMs) {
        output.collect(new CompletenessMark(split.symbol(), untilMs), untilMs - 1);
        advanceWatermark(untilMs);
    }

    /**
     * Reports what is open at the end of the files: a run of duplicates, and the minutes that are
     * missing up to the end of the period that kline files are named after.
     */
    void end() {
        long previous = sequence.lastId();
        long end = split.klinesEndMinute();
        if (previous >= 0 && end > previous + 1) {
            String why = "minutes missing at the end of the period that the file is named after";
            report(FeedFaults.gap(split.symbol(), sequence.lastTimeUs(), previous, end, why));
        }
        if (sequence.hasRun()) {
            report(sequence.endRun());
        }
    }

    /** Emits a fault, at its own time. */
    void report(DataQuality quality) {
        output.collect(quality, quality.detectedAtUs() / 1000);
    }

    private void endRunThatIsPast() {
        if (sequence.hasEndedRun()) {
            report(sequence.endRun());
        }
    }

    private void advanceWatermark(long minuteMs) {
        if (split.advanceWatermarkTo(minuteMs - 1)) {
            output.emitWatermark(new Watermark(minuteMs - 1));
        }
    }
}
