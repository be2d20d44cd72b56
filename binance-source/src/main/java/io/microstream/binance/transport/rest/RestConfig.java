package io.microstream.binance.transport.rest;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Where and how to ask.
 *
 * @param baseUrls scheme, host and port; the next one is used after repeated failures to connect. A
 *     trailing {@code /api} or {@code /api/v3} is taken off
 * @param weightShare share of the exchange's limit of weight that we may use, in (0, 1]
 * @param attempts how often a request is sent before it is given up, ≥ 1
 * @param patience the longest pause (429, 418, 403) that is waited for; if a longer one is imposed,
 *     all requests fail at once
 * @param microseconds true to ask for times in microseconds; both units are understood
 * @param concurrent requests under way at a time, ≥ 1
 * @param requestTimeout from sending to the last byte
 * @param firstBackoff longest wait before the second attempt; it doubles from attempt to attempt
 * @param maxBackoff where the doubling ends
 */
public record RestConfig(
        List<URI> baseUrls,
        double weightShare,
        int attempts,
        Duration patience,
        boolean microseconds,
        int concurrent,
        Duration requestTimeout,
        Duration firstBackoff,
        Duration maxBackoff)
        implements Serializable {

    /** Binance's host for market data only: no key, and no geographic block known. */
    public static final URI DEFAULT_BASE_URL = URI.create("https://data-api.binance.vision");

    private static final Duration FOR_EVER = Duration.ofDays(365);

    public RestConfig {
        if (baseUrls.isEmpty()) {
            throw new IllegalArgumentException("No REST base URL: baseUrls=[]. Give at least one");
        }
        baseUrls = baseUrls.stream().map(RestConfig::checked).toList();
        if (!(weightShare > 0 && weightShare <= 1)) {
            throw new IllegalArgumentException(
                    "Share of the REST weight is not in (0, 1]: weightShare=" + weightShare);
        }
        if (attempts < 1 || concurrent < 1) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "Must be at least 1: attempts=%d concurrent=%d",
                            attempts,
                            concurrent));
        }
    }

    /** Returns the configuration of a feed: repeats a request until it is answered. */
    public static RestConfig feed(URI... baseUrls) {
        return of(baseUrls, Integer.MAX_VALUE, FOR_EVER);
    }

    /** Returns the configuration of a command: gives up after at most four attempts. */
    public static RestConfig command(URI... baseUrls) {
        return of(baseUrls, 4, Duration.ofMinutes(2));
    }

    private static RestConfig of(URI[] baseUrls, int attempts, Duration patience) {
        return new RestConfig(
                baseUrls.length == 0 ? List.of(DEFAULT_BASE_URL) : List.of(baseUrls),
                0.9,
                attempts,
                patience,
                true,
                8,
                Duration.ofSeconds(15),
                Duration.ofMillis(500),
                Duration.ofSeconds(30));
    }

    /** The same with another number of attempts. */
    public RestConfig withAttempts(int newAttempts) {
        return new RestConfig(
                baseUrls,
                weightShare,
                newAttempts,
                patience,
                microseconds,
                concurrent,
                requestTimeout,
                firstBackoff,
                maxBackoff);
    }

    /** The same with another share of the weight. */
    public RestConfig withWeightShare(double newShare) {
        return new RestConfig(
                baseUrls,
                newShare,
                attempts,
                patience,
                microseconds,
                concurrent,
                requestTimeout,
                firstBackoff,
                maxBackoff);
    }

    /** The same with another time limit for a request. */
    public RestConfig withRequestTimeout(Duration newTimeout) {
        return new RestConfig(
                baseUrls,
                weightShare,
                attempts,
                patience,
                microseconds,
                concurrent,
                newTimeout,
                firstBackoff,
                maxBackoff);
    }

    private static URI checked(URI url) {
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        String path = url.getPath() == null ? "" : url.getPath();
        if (!web || url.getHost() == null || !path.matches("/?|/api/?|/api/v3/?")) {
            throw new IllegalArgumentException(
                    String.format(
                            Locale.ROOT,
                            "Not a REST base URL: baseUrl=%s. Give scheme and host, e.g. %s",
                            url,
                            DEFAULT_BASE_URL));
        }
        return URI.create(url.getScheme() + "://" + url.getRawAuthority());
    }
}
