package io.microstream.binance.replay.exchange.market;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.Injection;
import io.microstream.binance.replay.exchange.faults.InjectionLedger;
import io.microstream.binance.replay.exchange.session.StreamFeed;
import io.microstream.binance.replay.exchange.session.StreamSubscription;
import java.util.concurrent.TimeUnit;

/** Injects faults of messages: the connection stays, what it carries is wrong. */
final class MessageFaults {

    private final TradeBroadcast broadcast;
    private final InjectionLedger ledger;

    MessageFaults(TradeBroadcast broadcast, InjectionLedger ledger) {
        this.broadcast = broadcast;
        this.ledger = ledger;
    }

    void inject(DueFault due) {
        SymbolMarket market = due.market();
        Fault fault = due.fault();
        Injection injection =
                ledger.open(due.row(), fault, market.symbol(), market.numbered(due.trade()).id());
        if (fault instanceof Fault.Skip skip) {
            market.skipLeft = skip.rows();
            market.skippedBy = injection;
        } else if (fault instanceof Fault.Delay delay) {
            long micros = TimeUnit.NANOSECONDS.toMicros(delay.delay().toNanos());
            market.held = new LaggingTrades(injection, due.trade().timeUs() + micros, delay.rows());
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
