package io.microstream.binance.replay.exchange.market;

import io.microstream.binance.replay.exchange.faults.Fault;
import io.microstream.binance.replay.exchange.faults.InjectionLedger;
import io.microstream.binance.replay.exchange.rest.RestHandler;
import io.microstream.market.Decimal8;
import java.util.concurrent.TimeUnit;

/** Injects faults of the exchange itself; they need no subscriber and happen at once. */
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

    /** Returns true for what stays in force when the market is started further on. */
    static boolean changesMarket(Fault fault) {
        return fault instanceof Fault.ClockOffset
                || fault instanceof Fault.Status
                || fault instanceof Fault.TickSize
                || fault instanceof Fault.IdReset;
    }

    void inject(DueFault due) {
        apply(due);
        SymbolMarket market = due.market();
        long id = market.numbered(due.trade()).id();
        ledger.open(due.row(), due.fault(), market.symbol(), id);
    }

    void apply(DueFault due) {
        SymbolMarket market = due.market();
        Fault fault = due.fault();
        if (fault instanceof Fault.Rest trouble) {
            rest.arm(trouble);
        } else if (fault instanceof Fault.ClockOffset off) {
            clock.disturb(TimeUnit.NANOSECONDS.toMicros(off.offset().toNanos()), off.driftPpm());
        } else if (fault instanceof Fault.Status status) {
            market.status = status.status();
        } else if (fault instanceof Fault.TickSize tick) {
            market.tickSize = Decimal8.of(tick.tick());
        } else if (fault instanceof Fault.IdReset) {
            market.restartIds(due.trade());
        }
    }
}
