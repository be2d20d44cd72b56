package io.microstream.binance.replay.exchange.faults;

/**
 * The trades that a fault withheld and the messages it repeated.
 *
 * @param row row of the trade it was injected at
 * @param fault the fault
 * @param symbol the stream it concerned; a connection's fault is listed once for each symbol it
 *     took trades from, and once with an empty range where it took none
 * @param firstId first id concerned
 * @param lastId last id concerned; below {@code firstId} where none was
 * @param withheld trades that no stream carried
 * @param repeated messages that came again
 */
public record InjectedFault(
        long row,
        Fault fault,
        String symbol,
        long firstId,
        long lastId,
        long withheld,
        long repeated) {}
