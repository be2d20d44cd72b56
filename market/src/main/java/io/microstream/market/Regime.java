package io.microstream.market;

/** The three liquidity regimes, from calm to turbulent. */
public enum Regime {
    /** The least stressed states, about half of the time. */
    STABLE_LIQUIDITY,
    /** Between the two. */
    HIGH_VOLATILITY,
    /** The most stressed states: rare, with the widest ranges. */
    LIQUIDITY_CRISIS
}
