package io.microstream.binance.replay.exchange.capture;

import java.util.Locale;

/**
 * A message of a stream as it was recorded. Two are equal only if they are the same object.
 *
 * @param timeUs when the recorder received it, by the recorder's clock, microseconds since the
 *     epoch
 * @param stream name of the stream, e.g. {@code btcusdt@depth@100ms}
 * @param payload the message without the envelope of combined streams, byte for byte; not to be
 *     written to
 */
public record RecordedFrame(long timeUs, String stream, byte[] payload) {

    /**
     * Returns the stream's symbol, upper case; null for a stream of no symbol, as {@code
     * !ticker@arr}.
     */
    public String symbol() {
        int at = stream.indexOf('@');
        return at < 1 || stream.startsWith("!")
                ? null
                : stream.substring(0, at).toUpperCase(Locale.ROOT);
    }
}
