package io.microstream.job.features;

import io.microstream.market.Bar;
import java.io.Serializable;
import java.util.List;

/**
 * Bars from before the feed, so that features and filters start warm. Called once for each symbol.
 */
public interface BarHistory extends Serializable {

    /** No history: the first bars are without features until the windows fill. */
    BarHistory NONE = (symbol, openTimeMs, bars) -> List.of();

    /**
     * The newest final bars of a symbol that open before {@code openTimeMs}, at most {@code bars}
     * minutes back, in open-time order; empty if there are none.
     */
    List<Bar> before(String symbol, long openTimeMs, int bars);
}
