package io.microstream.binance.replay.exchange.market;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.Injection;
import io.microstream.binance.replay.exchange.history.SingleTrades;
import io.microstream.binance.replay.exchange.session.StreamName;
import io.microstream.binance.replay.exchange.session.StreamSubscription;
import io.microstream.binance.replay.exchange.wire.JsonWriter;
import io.microstream.market.Trade;
import java.util.List;

/** Publishes trades to their subscribers, or withholds them where a fault says so. */
final class TradeBroadcast {

    private final ExchangeClock clock;
    private final MessageGarbler garbler;
    private final StreamMute mute;
    private final JsonWriter out = new JsonWriter();

    TradeBroadcast(ExchangeClock clock, MessageGarbler garbler, StreamMute mute) {
        this.clock = clock;
        this.garbler = garbler;
        this.mute = mute;
    }

    /** Publishes a trade that has happened, unless a fault withholds it. */
    void happened(SymbolMarket market, Trade trade) {
        if (market.outage != null) {
            market.outage.take(market, trade.id());
        } else if (market.skipLeft > 0) {
            market.skipLeft--;
            market.skippedBy.withhold(market.symbol(), trade.id());
        } else if (market.held != null) {
            market.held.trades.add(trade);
            market.held.injection.concern(market.symbol(), trade.id());
        } else if (market.orphanedBy != null && !market.carried()) {
            market.orphanedBy.withhold(market.symbol(), trade.id());
        } else {
            carry(market, trade);
        }
    }

    private void carry(SymbolMarket market, Trade trade) {
        boolean lost = false;
        Fault.Garbling how = null;
        int times = 1;
        if (market.damage != null) {
            how = market.damage instanceof Fault.Garble garble ? garble.how() : null;
            times += market.damage instanceof Fault.RepeatMessage repeat ? repeat.times() : 0;
            lost = count(market, trade, how, times);
        }
        for (int i = 0; i < times; i++) {
            toAll(market, trade, how);
        }
        if (mute.isOn()) {
            mute.pass(market, trade.id());
        } else if (!lost && market.carried()) {
            market.carried.add(trade);
        }
    }

    private static boolean count(SymbolMarket market, Trade trade, Fault.Garbling how, int times) {
        Injection injection = market.damagedBy;
        market.damage = null;
        market.damagedBy = null;
        for (int i = 1; i < times; i++) {
            injection.repeat(market.symbol(), trade.id());
        }
        boolean lost = how != null && how.losesTrade();
        if (lost) {
            injection.withhold(market.symbol(), trade.id());
        } else {
            injection.concern(market.symbol(), trade.id());
        }
        return lost;
    }

    /** Publishes what a lagging stream held back. */
    void release(SymbolMarket market) {
        LaggingTrades held = market.held;
        market.held = null;
        for (Trade trade : held.trades) {
            if (market.carried()) {
                carry(market, trade);
            } else {
                held.injection.withhold(market.symbol(), trade.id());
            }
        }
    }

    /** Sends the last {@code rows} trades again to all. */
    void repeatTail(SymbolMarket market, int rows, Injection injection) {
        for (int back = market.carried.available(rows) - 1; back >= 0; back--) {
            Trade trade = market.carried.fromNewest(back);
            injection.repeat(market.symbol(), trade.id());
            toAll(market, trade, null);
        }
    }

    /** Sends the trades that a new subscriber gets again. */
    void payTail(SymbolMarket market, StreamSubscription to) {
        for (int back = market.carried.available(market.tailOwed) - 1; back >= 0; back--) {
            Trade trade = market.carried.fromNewest(back);
            market.tailOwedBy.repeat(market.symbol(), trade.id());
            if (to.name.kind() == StreamName.Kind.AGG_TRADE) {
                aggregate(to, market, trade, null);
            } else {
                singles(to, market, trade, null);
            }
        }
        market.tailOwed = 0;
        market.tailOwedBy = null;
    }

    private void toAll(SymbolMarket market, Trade trade, Fault.Garbling how) {
        if (!mute.concerns(market.aggTrades())) {
            List<StreamSubscription> subscribers = market.aggTrades().subscriptions();
            for (int i = 0; i < subscribers.size(); i++) {
                if (subscribers.get(i).receives()) {
                    aggregate(subscribers.get(i), market, trade, how);
                }
            }
        }
        if (!mute.concerns(market.singleTrades())) {
            List<StreamSubscription> subscribers = market.singleTrades().subscriptions();
            for (int i = 0; i < subscribers.size(); i++) {
                if (subscribers.get(i).receives()) {
                    singles(subscribers.get(i), market, trade, how);
                }
            }
        }
    }

    private void aggregate(
            StreamSubscription to, SymbolMarket market, Trade trade, Fault.Garbling how) {
        to.open(out);
        TradeFrames.aggregate(out, trade, clock.timeUs(), to.session.micro());
        send(to, market, trade, how);
    }

    private void singles(
            StreamSubscription to, SymbolMarket market, Trade trade, Fault.Garbling how) {
        SingleTrades.split(
                trade.quantity(),
                trade.firstTradeId(),
                trade.lastTradeId(),
                (tradeId, quantity) -> {
                    to.open(out);
                    TradeFrames.single(
                            out, trade, tradeId, quantity, clock.timeUs(), to.session.micro());
                    send(to, market, trade, how);
                });
    }

    private void send(StreamSubscription to, SymbolMarket market, Trade trade, Fault.Garbling how) {
        to.close(out);
        Injection swappedBy = to.session.swappedBy();
        if (swappedBy != null) {
            swappedBy.concern(market.symbol(), trade.id());
        }
        if (how == null) {
            to.send(out);
        } else {
            garbler.send(to, out, how);
        }
    }
}
