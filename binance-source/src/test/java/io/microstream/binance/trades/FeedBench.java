package io.microstream.binance.trades;

import io.microstream.binance.transport.streams.ConnectBudget;
import io.microstream.market.Trade;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** A whole feed between scripted streams and a scripted REST, in virtual time. */
final class FeedBench {

    static final String BTC = "BTCUSDT";
    static final String ETH = "ETHUSDT";
    static final FeedConfig CONFIG = FeedConfig.DEFAULT.at(URI.create("ws://exchange"));

    final VirtualTime time = new VirtualTime();
    final ScriptedHistory history = new ScriptedHistory(time);
    final ScriptedStreams streams = new ScriptedStreams(time);
    final RecordedFeed out = new RecordedFeed();
    final LiveCounts counts = new LiveCounts();
    final TradeFeed feed;

    FeedBench() {
        this(CONFIG);
    }

    FeedBench(FeedConfig config) {
        feed =
                new TradeFeed(
                        config,
                        streams,
                        history,
                        time.loop,
                        new ConnectBudget(config.streams().connectsPerFiveMinutes()),
                        out,
                        counts,
                        () -> Instant.EPOCH,
                        new SplittableRandom(1));
    }

    /** Parts of a feed for a test of one of its symbols. */
    static FeedParts parts(VirtualTime time, TradeHistory history, FeedOutput out) {
        return new FeedParts(CONFIG, time.loop, history, out, new LiveCounts(), null);
    }

    /** It follows a symbol behind trade {@code lastId}, which happens now, and is connected. */
    void follow(String symbol, long lastId) {
        Trade last = NumberedTrades.trade(symbol, lastId);
        if (time.nanos() == 0) {
            history.clockUs = last.timeUs();
        }
        feed.resume(
                symbol, lastId, last.lastTradeId(), last.timeUs(), Long.MAX_VALUE, "while down");
        time.settle();
    }

    /** A trade happens: REST knows it and the newest connection shows it. */
    void happens(Trade trade) {
        history.add(trade);
        streams.newest().show(trade);
        time.settle();
    }

    void happen(List<Trade> trades) {
        trades.forEach(this::happens);
    }

    /** Trades {@code fromId} to {@code toId} of a symbol happen, 100 ms apart. */
    void trading(String symbol, long fromId, long toId) {
        for (long id = fromId; id <= toId; id++) {
            time.pass(Duration.ofMillis(100));
            happens(NumberedTrades.trade(symbol, id));
        }
    }

    List<Long> ids(String symbol) {
        return out.trades.stream()
                .filter(trade -> trade.symbol().equals(symbol))
                .map(Trade::id)
                .toList();
    }
}
