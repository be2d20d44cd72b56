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
 * History from the exchange's klines, asked for on the calling thread.
 *
 * <p>If the exchange does not give them, after all attempts, there is no history: one line of
 * warning, and the symbol starts cold. A feed is worth more than its warm start.
 *
 * @param config where and how often to ask; {@link RestConfig#command} gives up within a minute or
 *     so
 */
public record RestKlineHistory(RestConfig config) implements BarHistory {

    private static final Logger LOG = LoggerFactory.getLogger(RestKlineHistory.class);

    /**
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
