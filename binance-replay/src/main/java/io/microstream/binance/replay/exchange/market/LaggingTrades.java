package io.microstream.binance.replay.exchange.market;

import io.microstream.binance.replay.exchange.faults.Injection;
import io.microstream.market.Trade;
import java.util.ArrayList;
import java.util.List;

/** A stream that lags: its trades wait until enough of them and enough market time have passed. */
final class LaggingTrades {

    final Injection injection;
    final List<Trade> trades = new ArrayList<>();
    private final long untilUs;
    private final int rows;

    LaggingTrades(Injection injection, long untilUs, int rows) {
        this.injection = injection;
        this.untilUs = untilUs;
        this.rows = rows;
    }

    boolean over(long marketUs) {
        return trades.size() >= rows && marketUs >= untilUs;
    }

    long untilUs() {
        return trades.size() >= rows ? untilUs : Long.MAX_VALUE;
    }
}
