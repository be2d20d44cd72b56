package io.microstream.binance.replay.exchange.market;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.InjectionLedger;
import io.microstream.binance.replay.exchange.rest.RestHandler;
import io.microstream.market.Decimal8;
import java.util.concurrent.TimeUnit;

/** Faults of the exchange itself; they need no listener and strike at once. */
final class MarketFaults {

    private final ExchangeClock clock;
    private final RestHandler rest;
    private final InjectionLedger ledger;

    MarketFaults(ExchangeClock clock, RestHandler rest, InjectionLedger ledger) {
        this.clock = clock;
        this.rest = rest;
        this.ledger = ledger;
    }

    static boolean concerns(Fault fault) {
        return fault instanceof Fault.Rest || changesMarket(fault);
    }

    /** True for what stays when the market is started further on. */
    static boolean changesMarket(Fault fault) {
        return fault instanceof Fault.ClockOffset
                || fault instanceof Fault.Status
                || fault instanceof Fault.TickSize
                || fault instanceof Fault.IdReset;
    }

    void strike(DueFault strike) {
        apply(strike);
        SymbolMarket market = strike.market();
        long id = market.numbered(strike.trade()).id();
        ledger.open(strike.row(), strike.fault(), market.symbol(), id);
    }

    void apply(DueFault strike) {
        SymbolMarket market = strike.market();
        Fault fault = strike.fault();
        if (fault instanceof Fault.Rest trouble) {
            rest.trouble(trouble);
        } else if (fault instanceof Fault.ClockOffset off) {
            clock.disturb(TimeUnit.NANOSECONDS.toMicros(off.offset().toNanos()), off.driftPpm());
        } else if (fault instanceof Fault.Status status) {
            market.status = status.status();
        } else if (fault instanceof Fault.TickSize tick) {
            market.tickSize = Decimal8.of(tick.tick());
        } else if (fault instanceof Fault.IdReset) {
            market.restartIds(strike.trade());
        }
    }
}
