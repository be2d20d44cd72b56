package io.microstream.market;

/**
 * A trade that came after its bar could still be revised: kept, but in no bar.
 *
 * @param trade the trade
 * @param barOpenTimeMs the bar it missed
 */
public record LateTrade(Trade trade, long barOpenTimeMs) {}
