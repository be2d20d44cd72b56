package io.microstream.market;

/** The three liquidity regimes, from calm to turbulent. */
public enum Regime {
    /** The least stressed states, about half of the time. */
    STABLE_LIQUIDITY,
    /** The states between the calm and the most stressed ones. */
    HIGH_VOLATILITY,
    /** The most stressed states: rare, with the widest ranges. */
    LIQUIDITY_CRISIS
}
