package io.microstream.job.features;

import io.microstream.market.Bar;
import java.io.Serializable;
import java.util.List;

/**
 * Provides bars from before the feed, so that features and filters start warm. It is asked once or
 * twice for each symbol.
 */
public interface BarHistory extends Serializable {

    /** A history without bars: features are undefined until their windows have filled. */
    BarHistory NONE = (symbol, openTimeMs, bars) -> List.of();

    /**
     * Returns the newest final bars of a symbol that open before {@code openTimeMs}, at most {@code
     * bars} minutes back, in open-time order; empty if there are none.
     */
    List<Bar> before(String symbol, long openTimeMs, int bars);
}
