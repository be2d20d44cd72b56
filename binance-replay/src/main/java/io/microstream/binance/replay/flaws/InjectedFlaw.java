package io.microstream.binance.replay.flaws;

/**
 * A flaw that was put into the rows.
 *
 * @param flaw what
 * @param line 1-based number of the line it shows at, counted over all lines put out: the first
 *     line after a gap, the first repeated one, the late one, the malformed one
 * @param firstId first aggregate id concerned: missing, repeated, late, or the next after a
 *     malformed line
 * @param lastId last aggregate id concerned
 */
public record InjectedFlaw(Flaw flaw, long line, long firstId, long lastId) {}
