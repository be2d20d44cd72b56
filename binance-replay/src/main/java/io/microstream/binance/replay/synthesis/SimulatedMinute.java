package io.microstream.binance.replay.synthesis;

import io.microstream.market.Bar;
import io.microstream.market.Regime;
import java.util.Objects;

/**
 * A minute of the {@link SimulatedMarket}.
 *
 * @param bar its kline; quote volume, taker volumes and trade count are unknown
 * @param regime the true regime it was drawn from
 */
public record SimulatedMinute(Bar bar, Regime regime) {

    public SimulatedMinute {
        Objects.requireNonNull(bar, "bar");
        Objects.requireNonNull(regime, "regime");
    }
}
