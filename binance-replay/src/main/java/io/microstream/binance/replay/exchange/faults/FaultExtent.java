package io.microstream.binance.replay.exchange.faults;

/** How long a fault lasts. */
final class FaultExtent {

    private FaultExtent() {}

    /**
     * Rows of a market of so many symbols that trade alike, with half again as many to spare where
     * one symbol's trades have to be waited for. Zero for what strikes a moment, and for what lasts
     * until it is changed.
     */
    static long rows(Fault fault, int symbols) {
        long ofOne = ofOneSymbol(fault);
        return ofOne > 0 && symbols > 1 ? ofOne * symbols * 3 / 2 : ofOne + ofAll(fault);
    }

    private static long ofOneSymbol(Fault fault) {
        if (fault instanceof Fault.Stall stall && stall.scope() == Fault.Scope.STREAM) {
            return stall.lost();
        }
        if (fault instanceof Fault.Skip skip) {
            return skip.rows();
        }
        return fault instanceof Fault.Delay delay ? delay.rows() : 0;
    }

    private static long ofAll(Fault fault) {
        if (fault instanceof Fault.Stall stall && stall.scope() != Fault.Scope.STREAM) {
            return stall.lost();
        }
        if (fault instanceof Fault.Disconnect disconnect) {
            return disconnect.lost();
        }
        if (fault instanceof Fault.AckWithoutData silence) {
            return silence.lost();
        }
        if (fault instanceof Fault.HalfOpen halfOpen) {
            return halfOpen.lost();
        }
        return fault instanceof Fault.Reorder reorder ? reorder.rows() : 0;
    }
}
