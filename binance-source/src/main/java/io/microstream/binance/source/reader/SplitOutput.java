package io.microstream.binance.source.reader;

import io.microstream.binance.source.split.SymbolSplitState;
import io.microstream.binance.source.split.TradeSequence;
import io.microstream.market.Bar;
import io.microstream.market.CompletenessMark;
import io.microstream.market.DataQuality;
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
        long previousTradeId = sequence.lastTradeId();
        boolean jump = sequence.jumpsTo(id, firstTradeId);
        long missing = sequence.take(id, firstTradeId, batch.lastTradeIds[row], timeUs);
        if (missing == TradeSequence.DUPLICATE) {
            return;
        }
        if (missing == Trade.UNKNOWN && split.isProvenFirst(id)) {
            missing = 0;
        }
        if (jump) {
            report(FeedFaults.jump(split.symbol(), timeUs, id, previousTradeId, firstTradeId));
        }
        if (missing > 0) {
            report(FeedFaults.gap(split.symbol(), timeUs, previousId, id, split.whyLost()));
        }
        endRunThatIsPast();
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
                        missing,
                        split.isProvenLast(id),
                        batch.receivedAtMs == null ? 0 : batch.receivedAtMs[row]);
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

    /** Reports a row that could not be read, at the time of the newest trade. */
    void malformed(FeedBatch.MalformedRow row) {
        report(FeedFaults.malformed(split.symbol(), sequence.lastTimeUs(), row));
    }

    /** Emits a mark that all trades before a moment have arrived. */
    void completeUntil(long untilMs) {
        output.collect(new CompletenessMark(split.symbol(), untilMs), untilMs - 1);
        advanceWatermark(untilMs);
    }

    /** Reports the run of duplicates that is open at the end of the files, if one is. */
    void end() {
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
