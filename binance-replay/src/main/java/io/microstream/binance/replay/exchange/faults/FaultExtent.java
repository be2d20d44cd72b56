package io.microstream.binance.replay.exchange.faults;

/** Estimates how many rows a fault lasts. */
final class FaultExtent {

    private FaultExtent() {}

    /**
     * Returns the rows a fault lasts in a market whose symbols trade alike, half again as many
     * where it counts one symbol's trades; zero for a fault of a moment, and for one that lasts
     * until another replaces it.
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
