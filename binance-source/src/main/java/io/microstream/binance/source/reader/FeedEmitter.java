package io.microstream.binance.source.reader;

import io.microstream.binance.source.FeedEvent;
import io.microstream.binance.source.split.SymbolSplitState;
import io.microstream.binance.source.split.TradeSequence;
import io.microstream.market.Bar;
import io.microstream.market.CompletenessMark;
import io.microstream.market.DataQuality;
import io.microstream.market.Trade;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.connector.base.source.reader.RecordEmitter;

/**
 * Turns rows into events: drops duplicates, reports gaps, quarantines what cannot be read, and
 * makes the split's watermark.
 *
 * <p>The watermark says what the ids prove: once a trade of a later minute is out, every trade of
 * the minutes before it is out too. It follows the trade, so whoever learns from a trade that ids
 * are missing learns it before the minute is closed.
 */
final class FeedEmitter implements RecordEmitter<FeedBatch, FeedEvent, SymbolSplitState> {

    @Override
    public void emitRecord(
            FeedBatch batch, SourceOutput<FeedEvent> output, SymbolSplitState split) {
        if (batch.isLive()) {
            emitLive(batch, output, split);
            return;
        }
        int malformed = 0;
        for (int row = 0; row < batch.rows; row++) {
            split.countRow();
            if (malformed < batch.malformed.size() && batch.malformed.get(malformed).at() == row) {
                quarantine(batch.malformed.get(malformed++), output, split);
            } else if (batch.klines != null) {
                emitKline(batch.klines.get(row - malformed), output, split);
            } else {
                emitTrade(batch, row, output, split);
            }
        }
        if (batch.last && split.sequence().hasRun()) {
            report(split.sequence().endRun(), output);
        }
    }

    private static void emitLive(
            FeedBatch batch, SourceOutput<FeedEvent> output, SymbolSplitState split) {
        int note = 0;
        for (int row = 0; row <= batch.rows; row++) {
            while (note < batch.notes.size() && batch.notes.get(note).at() == row) {
                emitNote(batch.notes.get(note++), output, split);
            }
            if (row < batch.rows) {
                emitTrade(batch, row, output, split);
            }
        }
    }

    private static void emitNote(
            FeedBatch.Note note, SourceOutput<FeedEvent> output, SymbolSplitState split) {
        if (note instanceof FeedBatch.Note.Begins begins) {
            if (begins.proven()) {
                split.proveNextFirst();
            }
        } else if (note instanceof FeedBatch.Note.Restarts) {
            split.sequence().restart();
        } else if (note instanceof FeedBatch.Note.Loses loses) {
            split.loseBeforeNext(loses.why());
        } else if (note instanceof FeedBatch.Note.Fault fault) {
            report(fault.quality(), output);
        } else if (note instanceof FeedBatch.Note.QuietUntil quiet) {
            output.collect(
                    FeedEvent.of(new CompletenessMark(split.symbol(), quiet.ms())), quiet.ms() - 1);
            advanceWatermark(quiet.ms(), output, split);
        }
    }

    private static void emitTrade(
            FeedBatch batch, int row, SourceOutput<FeedEvent> output, SymbolSplitState split) {
        long id = batch.ids[row];
        long timeUs = batch.timesUs[row];
        long firstTradeId = batch.firstTradeIds[row];
        TradeSequence sequence = split.sequence();
        long previousId = sequence.lastId();
        boolean jump = sequence.jumpsTo(id, firstTradeId);
        long previousTradeId = sequence.lastTradeId();
        long missing = sequence.take(id, firstTradeId, batch.lastTradeIds[row], timeUs);
        if (missing == TradeSequence.DUPLICATE) {
            return;
        }
        if (missing == Trade.UNKNOWN && split.isProvenFirst(id)) {
            missing = 0;
        }
        if (jump) {
            report(jump(split.symbol(), timeUs, id, previousTradeId, firstTradeId), output);
        }
        if (missing > 0) {
            report(gap(split.symbol(), timeUs, previousId, id, split.whyLost()), output);
        }
        if (sequence.hasEndedRun()) {
            report(sequence.endRun(), output);
        }
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
        output.collect(FeedEvent.of(trade), timeUs / 1000);
        advanceWatermark(trade.minuteMs(), output, split);
    }

    /** A kline's id is its minute, so holes and repeats are found as those of trades are. */
    private static void emitKline(
            Bar kline, SourceOutput<FeedEvent> output, SymbolSplitState split) {
        long minute = kline.openTimeMs() / Bar.MINUTE_MS;
        long timeUs = kline.openTimeMs() * 1000;
        TradeSequence sequence = split.sequence();
        long previous = sequence.lastId();
        long missing = sequence.take(minute, minute, minute, timeUs);
        if (missing == TradeSequence.DUPLICATE) {
            return;
        }
        if (missing > 0) {
            report(
                    gap(split.symbol(), timeUs, previous, minute, "minutes not in the input"),
                    output);
        }
        if (sequence.hasEndedRun()) {
            report(sequence.endRun(), output);
        }
        output.collect(FeedEvent.of(kline), kline.closeTimeMs());
        advanceWatermark(kline.openTimeMs() + Bar.MINUTE_MS, output, split);
    }

    private static void quarantine(
            FeedBatch.MalformedRow row, SourceOutput<FeedEvent> output, SymbolSplitState split) {
        report(
                new DataQuality(
                        split.symbol(),
                        Math.max(0, split.sequence().lastTimeUs()),
                        DataQuality.Kind.MALFORMED,
                        row.line(),
                        row.line(),
                        0,
                        0,
                        1,
                        row.reason() + ": " + row.text()),
                output);
    }

    private static DataQuality gap(
            String symbol, long timeUs, long previousId, long id, String detail) {
        return new DataQuality(
                symbol,
                timeUs,
                DataQuality.Kind.GAP,
                previousId + 1,
                id - 1,
                id - previousId - 1,
                0,
                0,
                detail);
    }

    private static DataQuality jump(
            String symbol, long timeUs, long id, long previousTradeId, long firstTradeId) {
        return new DataQuality(
                symbol,
                timeUs,
                DataQuality.Kind.TRADE_ID_JUMP,
                id,
                id,
                0,
                0,
                0,
                "single-trade ids jump from " + previousTradeId + " to " + firstTradeId);
    }

    private static void report(DataQuality quality, SourceOutput<FeedEvent> output) {
        output.collect(FeedEvent.of(quality), quality.detectedAtUs() / 1000);
    }

    private static void advanceWatermark(
            long minuteMs, SourceOutput<FeedEvent> output, SymbolSplitState split) {
        if (split.advanceWatermarkTo(minuteMs - 1)) {
            output.emitWatermark(new Watermark(minuteMs - 1));
        }
    }
}
