package io.microstream.binance.source.reader;

import io.microstream.binance.source.split.SymbolSplit;
import io.microstream.binance.trades.FeedOutput;
import io.microstream.binance.trades.TradeFeed;
import io.microstream.binance.transport.loop.EventLoop;
import io.microstream.market.DataQuality;
import io.microstream.market.Decimal8;
import io.microstream.market.TradeView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;

/**
 * Drives the live feed of a reader's symbols and gathers what it makes into batches.
 *
 * <p>Threads: the fetcher thread drives the loop and calls everything; {@link #wakeUp} may be
 * called by any. While the task is slower than the market nothing drives the loop: messages wait in
 * their bounded inboxes, then their connections are given up, and what was missed is fetched.
 */
final class LiveReader implements FeedOutput, AutoCloseable {

    private static final String WHILE_DOWN = "while the job was down";
    private static final long LONGEST_WAIT_NANOS = 200_000_000;

    private final EventLoop loop;
    private final TradeFeed feed;
    private final AutoCloseable connections;
    private final Map<String, FeedBatch> batches = new LinkedHashMap<>();
    private final Map<String, String> splitIds = new HashMap<>();
    private final List<String> ended = new ArrayList<>();
    private volatile boolean woken;

    /**
     * @param connections closed after the feed
     */
    LiveReader(EventLoop loop, Function<FeedOutput, TradeFeed> feed, AutoCloseable connections) {
        this.loop = loop;
        this.feed = feed.apply(this);
        this.connections = connections;
    }

    /** Follows a symbol from its start, or behind {@code lastId} unless that is below 0. */
    void follow(
            SymbolSplit split, long lastId, long lastTradeId, long lastTimeUs, boolean restored) {
        if (split.kind() != feed.kind()) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "Split of another stream: split=%s live=%s. Restore with the same live kind",
                            split.splitId(),
                            feed.kind().streamOf(split.symbol())));
        }
        splitIds.put(split.symbol(), split.splitId());
        if (lastId < 0) {
            feed.add(split.symbol(), split.live().start(), split.live().stopId());
        } else {
            feed.resume(
                    split.symbol(),
                    lastId,
                    lastTradeId,
                    lastTimeUs,
                    split.live().stopId(),
                    restored ? WHILE_DOWN : null);
        }
    }

    /** Runs what is due without waiting and adds to {@code records} what it emitted. */
    void drive(RecordsBySplits.Builder<FeedBatch> records) throws IOException {
        loop.runDue();
        if (feed.refusal() != null) {
            throw new RefusedException(feed.refusal());
        }
        batches.forEach((symbol, batch) -> records.add(splitIds.get(symbol), batch));
        batches.clear();
        for (String symbol : ended) {
            records.addFinishedSplit(splitIds.remove(symbol));
            feed.remove(symbol);
        }
        ended.clear();
    }

    /** The same, but waits until there is something to add, or {@link #wakeUp}. */
    void driveUntilOutput(RecordsBySplits.Builder<FeedBatch> records) throws IOException {
        while (batches.isEmpty() && ended.isEmpty() && !woken && feed.refusal() == null) {
            loop.await(LONGEST_WAIT_NANOS);
            loop.runDue();
        }
        woken = false;
        drive(records);
    }

    void wakeUp() {
        woken = true;
        loop.wakeUp();
    }

    private FeedBatch batch(String symbol) {
        return batches.computeIfAbsent(symbol, name -> FeedBatch.ofLiveTrades());
    }

    @Override
    public void trade(String symbol, TradeView trade) {
        batch(symbol).add(trade);
    }

    @Override
    public void begins(String symbol, boolean proven) {
        FeedBatch batch = batch(symbol);
        batch.notes.add(new FeedBatch.Note.Begins(batch.rows, proven));
    }

    @Override
    public void restarts(String symbol) {
        FeedBatch batch = batch(symbol);
        batch.notes.add(new FeedBatch.Note.Restarts(batch.rows));
    }

    @Override
    public void loses(String symbol, String why) {
        FeedBatch batch = batch(symbol);
        batch.notes.add(new FeedBatch.Note.Loses(batch.rows, why));
    }

    @Override
    public void completeUntil(String symbol, long untilMs) {
        FeedBatch batch = batch(symbol);
        batch.notes.add(new FeedBatch.Note.CompleteUntil(batch.rows, untilMs));
    }

    @Override
    public void quarantined(String symbol, TradeView trade, DataQuality.Kind kind, String why) {
        FeedBatch batch = batch(symbol);
        String text =
                String.format(
                        Locale.ROOT,
                        "%d,%s,%s,%d,%d,%d,%b",
                        trade.id(),
                        Decimal8.toBigDecimal(trade.price()).toPlainString(),
                        Decimal8.toBigDecimal(trade.quantity()).toPlainString(),
                        trade.firstTradeId(),
                        trade.lastTradeId(),
                        trade.timeUs(),
                        trade.buyerIsMaker());
        batch.notes.add(
                new FeedBatch.Note.Quarantined(
                        batch.rows,
                        new FeedBatch.SetAside(
                                batch.rows,
                                kind,
                                trade.id(),
                                trade.id(),
                                trade.lastTradeId(),
                                trade.timeUs(),
                                why + ": " + text)));
    }

    @Override
    public void fault(DataQuality fault) {
        FeedBatch batch = batch(fault.symbol());
        batch.notes.add(new FeedBatch.Note.Fault(batch.rows, fault));
    }

    @Override
    public void ended(String symbol) {
        ended.add(symbol);
    }

    @Override
    public void close() throws Exception {
        try {
            feed.close();
            loop.runDue();
        } finally {
            connections.close();
        }
    }
}
