package io.microstream.binance.replay.exchange.market;

import io.microstream.binance.replay.exchange.faults.Injection;
import io.microstream.binance.replay.exchange.session.StreamSubscription;
import java.util.List;

/** Withholds a number of trades from the streams of some symbols. */
final class Outage {

    final Injection injection;

    /** The symbols whose trades it withholds. */
    final List<SymbolMarket> markets;

    /** Subscriptions that the fault has silenced. */
    final List<StreamSubscription> silenced;

    private int left;

    Outage(
            Injection injection,
            List<SymbolMarket> markets,
            List<StreamSubscription> silenced,
            int lost) {
        this.injection = injection;
        this.markets = markets;
        this.silenced = silenced;
        this.left = lost;
    }

    void begin() {
        if (left > 0) {
            markets.forEach(market -> market.outage = this);
        } else {
            end();
        }
    }

    /** Withholds a trade; the outage is over with the last. */
    void take(SymbolMarket market, long tradeId) {
        injection.withhold(market.symbol(), tradeId);
        if (--left == 0) {
            end();
        }
    }

    /**
     * Resumes the streams that have lost nothing, since their clients cannot notice. The others
     * wait for their clients.
     */
    private void end() {
        markets.forEach(market -> market.outage = null);
        for (StreamSubscription subscription : silenced) {
            if (injection.withheldOf(subscription.name.symbol()) == 0) {
                subscription.unsilence();
            }
        }
        markets.stream()
                .filter(market -> !market.carried())
                .forEach(market -> market.orphanedBy = injection);
    }
}
