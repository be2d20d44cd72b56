package io.microstream.binance.replay.exchange.market;

import io.microstream.binance.replay.exchange.session.StreamSubscription;
import io.microstream.binance.replay.exchange.wire.JsonWriter;
import io.microstream.market.Bar;
import io.microstream.market.BarBuilder;
import io.microstream.market.Trade;
import java.util.List;

/**
 * Publishes the one-minute klines: the running one while it changes, the closed one once. They are
 * the bars that REST answers from. A minute without trades publishes nothing.
 */
final class KlineBroadcast {

    private static final long MICROS = 1_000;

    private final ExchangeClock clock;
    private final StreamMute mute;
    private final JsonWriter out = new JsonWriter();

    KlineBroadcast(ExchangeClock clock, StreamMute mute) {
        this.clock = clock;
        this.mute = mute;
    }

    void happened(SymbolMarket market, Trade trade) {
        market.runningMinuteMs = Math.max(market.runningMinuteMs, trade.minuteMs());
        market.klineChanged = true;
    }

    /** Publishes the running kline if it changed, which is due every two seconds. */
    void refresh(SymbolMarket market) {
        if (market.klineChanged && clock.marketUs() < endUs(market)) {
            send(market, false);
            market.klineChanged = false;
        }
    }

    /** Publishes the kline of the minute that has ended. */
    void close(SymbolMarket market) {
        if (market.runningMinuteMs >= 0 && clock.marketUs() >= endUs(market)) {
            send(market, true);
            market.runningMinuteMs = -1;
            market.klineChanged = false;
        }
    }

    private static long endUs(SymbolMarket market) {
        return (market.runningMinuteMs + Bar.MINUTE_MS) * MICROS;
    }

    private void send(SymbolMarket market, boolean closed) {
        List<StreamSubscription> subscribers = market.klines().subscriptions();
        BarBuilder minute = market.pastTrades().bars().builder(market.runningMinuteMs);
        if (subscribers.isEmpty() || minute == null || mute.concerns(market.klines())) {
            return;
        }
        Bar bar = minute.toBar(market.symbol(), market.runningMinuteMs);
        for (StreamSubscription subscriber : List.copyOf(subscribers)) {
            if (subscriber.receives()) {
                subscriber.open(out);
                write(bar, closed, subscriber.session.micro());
                subscriber.close(out);
                subscriber.send(out);
            }
        }
    }

    private void write(Bar bar, boolean closed, boolean micro) {
        long unit = micro ? MICROS : 1;
        long end = (bar.openTimeMs() + Bar.MINUTE_MS) * unit - 1;
        out.object().put("e", "kline").put("E", clock.timeUs() * unit / MICROS);
        out.put("s", bar.symbol()).name("k").object();
        out.put("t", bar.openTimeMs() * unit).put("T", end);
        out.put("s", bar.symbol()).put("i", "1m");
        out.put("f", bar.firstTradeId()).put("L", bar.lastTradeId());
        out.putDecimal("o", bar.open()).putDecimal("c", bar.close());
        out.putDecimal("h", bar.high()).putDecimal("l", bar.low());
        out.putDecimal("v", bar.volume()).put("n", bar.tradeCount()).put("x", closed);
        out.putDecimal("q", bar.quoteVolume()).putDecimal("V", bar.takerBuyVolume());
        out.putDecimal("Q", bar.takerBuyQuoteVolume()).put("B", "0").end().end();
    }
}
