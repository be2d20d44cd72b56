package io.microstream.binance.trades;

import io.microstream.binance.transport.rest.RestException;
import java.time.Duration;

/**
 * Decides whether a question that is asked again and again can still be answered. A refusal (400,
 * unknown symbol) or an answer that cannot be read, three times in a row and for a while, is
 * definite. Whatever passes by itself (rate limits, outages, a server that is busy) never is.
 */
final class Refusals {

    private static final int LEAST = 3;
    private static final Duration REFUSED_FOR = Duration.ofSeconds(40);
    private static final Duration UNREADABLE_FOR = Duration.ofMinutes(5);

    private int count;
    private long sinceNanos;

    /**
     * Takes the outcome of a question.
     *
     * @param failure null if it was answered
     * @return why it will not be answered any more; null while it may be
     */
    String definite(Throwable failure, long nowNanos) {
        RestException rest = RestException.of(failure);
        boolean refused = rest != null && rest.kind().isRefusal();
        boolean unreadable = rest != null && rest.kind() == RestException.Kind.UNREADABLE;
        if (!refused && !unreadable) {
            count = 0;
            return null;
        }
        if (count++ == 0) {
            sinceNanos = nowNanos;
        }
        Duration patience = refused ? REFUSED_FOR : UNREADABLE_FOR;
        boolean definite = count >= LEAST && nowNanos - sinceNanos >= patience.toNanos();
        return definite ? rest.getMessage() : null;
    }
}
