package io.microstream.binance.trades.simulation;

import io.microstream.binance.replay.exchange.faults.InjectedFault;
import io.microstream.binance.replay.exchange.faults.PlannedFault;
import io.microstream.binance.replay.exchange.market.ExchangeConfig;
import io.microstream.binance.replay.exchange.market.ExchangeCore;
import io.microstream.binance.replay.exchange.rest.RestAnswer;
import io.microstream.binance.replay.exchange.rest.RestCall;
import io.microstream.binance.replay.exchange.session.ClientPort;
import io.microstream.binance.replay.exchange.session.Handshake;
import io.microstream.binance.replay.exchange.session.StreamSession;
import io.microstream.binance.transport.loop.Timer;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The exchange's core in the simulated world: it is asked to go on whenever something is due, and
 * before and after whatever comes in, so that its clock is never behind.
 */
final class SimulatedExchange {

    private static final String CLIENT = "10.0.0.1";

    private final ExchangeCore core;
    private final SimulatedTime time;
    private Timer next;

    SimulatedExchange(
            GoldenMarket market, List<PlannedFault> faults, SimulatedTime time, long seed) {
        this.core = new ExchangeCore(ExchangeConfig.paced(1), market.listings(), faults, seed);
        this.time = time;
        time.world.afterNanos(0, this::goOn);
    }

    private void goOn() {
        if (next != null) {
            next.cancel();
            next = null;
        }
        long due = core.advance(time.nanos());
        while (due <= time.nanos()) {
            due = core.advance(time.nanos());
        }
        if (due < Long.MAX_VALUE) {
            next = time.world.afterNanos(due - time.nanos(), this::goOn);
        }
    }

    void journal(LongConsumer rows) {
        core.journal(rows);
    }

    Handshake connect(String pathAndQuery, ClientPort port) {
        goOn();
        Handshake answer = core.connect(pathAndQuery, CLIENT, port, time.nanos());
        goOn();
        return answer;
    }

    /** Applies what the client sends to its session, and lets the exchange react. */
    void apply(StreamSession session, Consumer<StreamSession> what) {
        goOn();
        what.accept(session);
        goOn();
    }

    RestAnswer rest(RestCall call) {
        goOn();
        RestAnswer answer = core.rest(call, time.nanos());
        goOn();
        return answer;
    }

    boolean ended() {
        return core.ended();
    }

    long row() {
        return core.row();
    }

    List<InjectedFault> injected() {
        return core.injected();
    }
}
