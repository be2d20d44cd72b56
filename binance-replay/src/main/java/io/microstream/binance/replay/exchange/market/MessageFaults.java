package io.microstream.binance.replay.exchange.market;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.Injection;
import io.microstream.binance.replay.exchange.faults.InjectionLedger;
import io.microstream.binance.replay.exchange.session.StreamFeed;
import io.microstream.binance.replay.exchange.session.StreamSubscription;
import java.util.concurrent.TimeUnit;

/** Faults of messages: the connection stays, what it carries is wrong. */
final class MessageFaults {

    private final TradeBroadcast broadcast;
    private final InjectionLedger ledger;

    MessageFaults(TradeBroadcast broadcast, InjectionLedger ledger) {
        this.broadcast = broadcast;
        this.ledger = ledger;
    }

    void strike(DueFault strike) {
        SymbolMarket market = strike.market();
        Fault fault = strike.fault();
        Injection injection =
                ledger.open(
                        strike.row(), fault, market.symbol(), market.numbered(strike.trade()).id());
        if (fault instanceof Fault.Skip skip) {
            market.skipLeft = skip.rows();
            market.skippedBy = injection;
        } else if (fault instanceof Fault.Delay delay) {
            long micros = TimeUnit.NANOSECONDS.toMicros(delay.delay().toNanos());
            market.held =
                    new LaggingTrades(injection, strike.trade().timeUs() + micros, delay.rows());
        } else if (fault instanceof Fault.Reorder reorder) {
            swap(market.aggTrades(), injection, reorder.rows());
            swap(market.singleTrades(), injection, reorder.rows());
        } else if (fault instanceof Fault.RepeatTail tail) {
            broadcast.repeatTail(market, tail.rows(), injection);
        } else {
            market.damage = fault;
            market.damagedBy = injection;
        }
    }

    private static void swap(StreamFeed feed, Injection injection, int rows) {
        feed.subscriptions().stream()
                .filter(StreamSubscription::receives)
                .map(subscription -> subscription.session)
                .forEach(session -> session.swap(injection, rows));
    }
}
