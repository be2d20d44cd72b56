package io.microstream.binance.replay.exchange.faults;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records what all faults have done, in the order of their injection. Any thread. */
public final class InjectionLedger {

    private final List<Injection> injections = new CopyOnWriteArrayList<>();

    public Injection open(long row, Fault fault, String symbol, long id) {
        Injection injection = new Injection(row, fault, symbol, id);
        injections.add(injection);
        return injection;
    }

    public List<InjectedFault> list() {
        return injections.stream().flatMap(injection -> injection.list().stream()).toList();
    }
}
