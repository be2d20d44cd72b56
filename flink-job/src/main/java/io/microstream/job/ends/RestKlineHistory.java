package io.microstream.job.ends;

import io.microstream.binance.transport.rest.BlockingRest;
import io.microstream.binance.transport.rest.RestConfig;
import io.microstream.binance.transport.rest.RestException;
import io.microstream.binance.transport.rest.RestListener;
import io.microstream.job.features.BarHistory;
import io.microstream.market.Bar;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests the bars from before the feed as klines from the exchange, on the calling thread.
 *
 * <p>If all attempts fail, a warning is logged and the history is empty, so that the symbol starts
 * cold: the feed matters more than its warm start.
 *
 * @param config where and how often to ask; {@link RestConfig#command} gives up within a minute or
 *     so
 */
public record RestKlineHistory(RestConfig config) implements BarHistory {

    private static final Logger LOG = LoggerFactory.getLogger(RestKlineHistory.class);

    /**
     * Returns the klines before {@code openTimeMs}; an empty list if all attempts fail.
     *
     * @throws RestException if the thread is interrupted, so that a task that is cancelled ends
     */
    @Override
    public List<Bar> before(String symbol, long openTimeMs, int bars) {
        try (BlockingRest rest = BlockingRest.open(config, symbol.hashCode(), RestListener.NONE)) {
            long fromMs = openTimeMs - bars * Bar.MINUTE_MS;
            return rest.klinesBefore(symbol, openTimeMs, bars).stream()
                    .filter(bar -> bar.openTimeMs() >= fromMs)
                    .toList();
        } catch (RestException e) {
            if (e.kind() == RestException.Kind.CANCELLED) {
                throw e;
            }
            LOG.warn(
                    "No history: features of the symbol start cold. symbol={} before={} reason={}",
                    symbol,
                    openTimeMs,
                    e.getMessage());
            return List.of();
        }
    }
}
