package io.microstream.market;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The run that a bar comes from and the bar's rank among bars of the same minute that other runs
 * made. Everything that is derived from a bar carries its origin, so that each row can decide by
 * itself, as its bar does, whether it replaces a stored one.
 *
 * @param runId the run, unique among runs and kept through restores: microseconds since the epoch
 *     at its first start; 0 for a run that has none because it began under an older release
 * @param runFromMs open time of the first minute that the run made for the symbol: how far back its
 *     windows can reach
 * @param rank how much of its minute the bar is known to hold: {@link #COMPLETE}, {@link
 *     #COMPLETE_IN_PART}, or the number of its trades
 * @param digest of the numbers of the bar, without its trade ids; see {@link #digest(Bar)}
 */
public record BarOrigin(long runId, long runFromMs, long rank, long digest) {

    /** {@link #rank} of a complete bar all of whose numbers are known. */
    public static final long COMPLETE = Long.MAX_VALUE;

    /** {@link #rank} of a complete bar some numbers of which are unknown (six-column klines). */
    public static final long COMPLETE_IN_PART = Long.MAX_VALUE - 1;

    /** Returns the origin of a bar. */
    public static BarOrigin of(Bar bar) {
        return new BarOrigin(bar.runId(), bar.runFromMs(), rank(bar), digest(bar));
    }

    /** Returns how much of its minute a bar is known to hold. */
    public static long rank(Bar bar) {
        if (bar.complete()) {
            return bar.quoteVolume() == null ? COMPLETE_IN_PART : COMPLETE;
        }
        return Math.max(0, bar.tradeCount());
    }

    /**
     * Returns the first eight bytes of the MD5 of a bar's prices, volumes and trade count, as
     * {@code bar_digest} computes them in SQL: plain decimals without trailing zeros, a bar between
     * two, an unknown number empty.
     */
    public static long digest(Bar bar) {
        StringBuilder text = new StringBuilder(120);
        for (BigDecimal number :
                new BigDecimal[] {
                    bar.open(),
                    bar.high(),
                    bar.low(),
                    bar.close(),
                    bar.volume(),
                    bar.quoteVolume(),
                    bar.takerBuyVolume(),
                    bar.takerBuyQuoteVolume()
                }) {
            if (number != null) {
                text.append(number.stripTrailingZeros().toPlainString());
            }
            text.append('|');
        }
        if (bar.tradeCount() >= 0) {
            text.append(bar.tradeCount());
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("MD5")
                            .digest(text.toString().getBytes(StandardCharsets.US_ASCII));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
