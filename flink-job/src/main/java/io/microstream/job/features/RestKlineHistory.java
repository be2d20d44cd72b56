package io.microstream.job.features;

import io.microstream.binance.rest.BlockingRest;
import io.microstream.binance.rest.RestConfig;
import io.microstream.binance.rest.RestException;
import io.microstream.binance.rest.RestListener;
import io.microstream.market.Bar;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * History from the exchange's klines, asked for on the calling thread.
 *
 * <p>If the exchange does not give them, after all attempts, there is no history: one line of
 * warning, and the symbol starts cold. A feed is worth more than its warm start.
 *
 * @param baseUrls scheme and host of the REST interface, the next one for when one cannot be
 *     reached
 * @param attempts how often each request is sent before it is given up
 * @param requestTimeout from sending to the last byte
 */
public record RestKlineHistory(List<URI> baseUrls, int attempts, Duration requestTimeout)
        implements BarHistory {

    private static final Logger LOG = LoggerFactory.getLogger(RestKlineHistory.class);

    public RestKlineHistory {
        baseUrls = new ArrayList<>(baseUrls);
    }

    /**
     * As patient as a command: some four attempts; Binance's host for market data if none is given.
     */
    public static RestKlineHistory of(URI... baseUrls) {
        RestConfig config = RestConfig.command(baseUrls);
        return new RestKlineHistory(config.baseUrls(), config.attempts(), config.requestTimeout());
    }

    /**
     * @throws RestException if the thread is interrupted, so that a task that is cancelled ends
     */
    @Override
    public List<Bar> before(String symbol, long openTimeMs, int bars) {
        try (BlockingRest rest =
                BlockingRest.open(config(), symbol.hashCode(), RestListener.NONE)) {
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

    private RestConfig config() {
        return RestConfig.command(baseUrls.toArray(new URI[0]))
                .withAttempts(attempts)
                .withRequestTimeout(requestTimeout);
    }
}
