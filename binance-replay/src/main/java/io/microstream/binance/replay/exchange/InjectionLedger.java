package io.microstream.binance.replay.exchange;

import io.microstream.binance.replay.exchange.fault.Fault;
import io.microstream.binance.replay.exchange.fault.InjectedFault;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What all faults have done, in the order they struck. Any thread. */
final class InjectionLedger {

    private final List<Injection> injections = new CopyOnWriteArrayList<>();

    Injection open(long row, Fault fault, String symbol, long id) {
        Injection injection = new Injection(row, fault, symbol, id);
        injections.add(injection);
        return injection;
    }

    List<InjectedFault> list() {
        return injections.stream().flatMap(injection -> injection.list().stream()).toList();
    }
}
