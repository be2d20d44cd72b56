package io.microstream.binance.replay.exchange.market;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.Injection;
import io.microstream.binance.replay.exchange.faults.InjectionLedger;
import io.microstream.binance.replay.exchange.session.StreamFeed;
import io.microstream.binance.replay.exchange.session.StreamName;
import io.microstream.binance.replay.exchange.session.StreamSession;
import io.microstream.binance.replay.exchange.session.StreamSubscription;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Injects faults of connections: they end or fall silent. */
final class ConnectionFaults {

    private final Map<String, SymbolMarket> markets;
    private final ExchangeClock clock;
    private final StreamMute mute;
    private final InjectionLedger ledger;
    private final boolean lockstep;

    /**
     * @param lockstep true if faults withhold a number of trades and the market waits for clients
     *     to recover
     */
    ConnectionFaults(
            Map<String, SymbolMarket> markets,
            ExchangeClock clock,
            StreamMute mute,
            InjectionLedger ledger,
            boolean lockstep) {
        this.markets = markets;
        this.clock = clock;
        this.mute = mute;
        this.ledger = ledger;
        this.lockstep = lockstep;
    }

    static boolean concerns(Fault fault) {
        return fault instanceof Fault.Disconnect
                || fault instanceof Fault.RepeatTailAfterDisconnect
                || fault instanceof Fault.Stall
                || fault instanceof Fault.HalfOpen
                || fault instanceof Fault.AckWithoutData
                || fault instanceof Fault.Shutdown;
    }

    /** Injects a fault; returns false if clients must first read what was sent before. */
    boolean inject(DueFault due) {
        List<StreamSession> sessions = carriers(due.market());
        Fault fault = due.fault();
        if (fault instanceof Fault.Disconnect end) {
            return disconnect(due, sessions, end.ending(), end.lost(), 0);
        }
        if (fault instanceof Fault.RepeatTailAfterDisconnect end) {
            return disconnect(due, sessions, end.ending(), 0, end.rows());
        }
        Injection injection = open(due);
        if (fault instanceof Fault.Stall stall) {
            stall(due.market(), sessions, stall, injection);
        } else if (fault instanceof Fault.HalfOpen halfOpen) {
            List<StreamSubscription> victims = subscriptionsOf(sessions);
            sessions.forEach(StreamSession::becomeHalfOpen);
            silence(victims, halfOpen.lost(), injection);
        } else if (fault instanceof Fault.AckWithoutData silence) {
            mute.begin(silence.streamType(), silence.lost(), injection);
        } else if (fault instanceof Fault.Shutdown shutdown) {
            long at = due.nowNanos() + shutdown.lead().toNanos();
            sessions.forEach(session -> session.shutDown(at, clock.timeUs(), injection));
        }
        return true;
    }

    private Injection open(DueFault due) {
        SymbolMarket market = due.market();
        long id = market.numbered(due.trade()).id();
        return ledger.open(due.row(), due.fault(), market.symbol(), id);
    }

    private boolean disconnect(
            DueFault due, List<StreamSession> sessions, Fault.Ending ending, int lost, int tail) {
        if (lockstep && !allDrained(sessions, due.nowNanos())) {
            return false;
        }
        Injection injection = open(due);
        List<SymbolMarket> concerned = marketsOf(subscriptionsOf(sessions));
        if (tail > 0) {
            concerned.forEach(market -> market.owe(tail, injection));
        }
        sessions.forEach(session -> session.end(ending));
        takeAway(concerned, List.of(), lost, injection);
        return true;
    }

    private static boolean allDrained(List<StreamSession> sessions, long nowNanos) {
        boolean all = true;
        for (StreamSession session : sessions) {
            all &= session.drained(nowNanos);
        }
        return all;
    }

    private void stall(
            SymbolMarket market, List<StreamSession> sessions, Fault.Stall stall, Injection by) {
        if (!stall.pings()) {
            sessions.forEach(StreamSession::stopPings);
        }
        List<StreamSubscription> victims =
                switch (stall.scope()) {
                    case STREAM -> subscriptionsOf(List.of(tradeFeed(market)).stream());
                    case STREAM_TYPE -> subscriptionsOf(feedsLike(tradeFeed(market)));
                    case CONNECTION -> subscriptionsOf(sessions);
                };
        silence(victims, stall.lost(), by);
    }

    private void silence(List<StreamSubscription> victims, int lost, Injection injection) {
        victims.forEach(StreamSubscription::silence);
        takeAway(marketsOf(victims), victims, Math.max(1, lost), injection);
    }

    private void takeAway(
            List<SymbolMarket> concerned,
            List<StreamSubscription> silenced,
            int lost,
            Injection by) {
        if (lockstep) {
            new Outage(by, concerned, silenced, lost).begin();
        } else {
            concerned.stream()
                    .filter(market -> !market.carried())
                    .forEach(market -> market.orphanedBy = by);
        }
    }

    private static StreamFeed tradeFeed(SymbolMarket market) {
        return market.aggTrades().carried() ? market.aggTrades() : market.singleTrades();
    }

    private Stream<StreamFeed> feedsLike(StreamFeed feed) {
        boolean aggregates = feed.name.kind() == StreamName.Kind.AGG_TRADE;
        return markets.values().stream()
                .map(market -> aggregates ? market.aggTrades() : market.singleTrades());
    }

    private static List<StreamSession> carriers(SymbolMarket market) {
        return Stream.of(market.aggTrades(), market.singleTrades())
                .flatMap(feed -> feed.subscriptions().stream())
                .filter(StreamSubscription::receives)
                .map(subscription -> subscription.session)
                .distinct()
                .toList();
    }

    private static List<StreamSubscription> subscriptionsOf(Stream<StreamFeed> feeds) {
        return feeds.flatMap(feed -> feed.subscriptions().stream()).toList();
    }

    private static List<StreamSubscription> subscriptionsOf(List<StreamSession> sessions) {
        return sessions.stream()
                .flatMap(session -> session.subscriptions().stream())
                .filter(subscription -> subscription.feed != null)
                .toList();
    }

    private List<SymbolMarket> marketsOf(List<StreamSubscription> subscriptions) {
        return subscriptions.stream()
                .filter(subscription -> subscription.name.carriesTrades())
                .map(subscription -> markets.get(subscription.name.symbol()))
                .distinct()
                .toList();
    }
}
