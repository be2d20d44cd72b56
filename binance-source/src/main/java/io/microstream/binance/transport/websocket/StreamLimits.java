package io.microstream.binance.transport.websocket;

import java.time.Duration;

/**
 * What one connection may take: time to open and to close, memory for what waits.
 *
 * @param connectTimeout from the first packet to the end of the handshake, real time, &gt; 0
 * @param closeTimeout how long a close frame may go unanswered, the loop's time, &gt; 0
 * @param inboxBytes memory for messages that wait for the loop, bytes; at least twice {@code
 *     messageBytes} and {@value #LEAST_BESIDES} more, so that one message always fits
 * @param messageBytes longest text message in UTF-8 bytes, at least {@value #LEAST_MESSAGE}; a
 *     longer one is delivered as a malformed frame, see {@link JdkStreamTransport}
 */
public record StreamLimits(
        Duration connectTimeout, Duration closeTimeout, int inboxBytes, int messageBytes) {

    /** 10 s to connect, 5 s to close, 16 MiB to wait in, 4 MiB a message. */
    public static final StreamLimits DEFAULT =
            new StreamLimits(Duration.ofSeconds(10), Duration.ofSeconds(5), 16 << 20, 4 << 20);

    private static final int LEAST_BESIDES = 256 << 10;
    private static final int LEAST_MESSAGE = 1024;

    /** Checks that one message of the greatest length can be taken. */
    public StreamLimits {
        positive("connectTimeout", connectTimeout);
        positive("closeTimeout", closeTimeout);
        if (messageBytes < LEAST_MESSAGE) {
            throw new IllegalArgumentException(
                    "messageBytes is too small: messageBytes="
                            + messageBytes
                            + ". Give at least "
                            + LEAST_MESSAGE
                            + ".");
        }
        long least = 2L * messageBytes + LEAST_BESIDES;
        if (inboxBytes < least) {
            throw new IllegalArgumentException(
                    "inboxBytes is too small for one message: inboxBytes="
                            + inboxBytes
                            + " messageBytes="
                            + messageBytes
                            + ". Give at least "
                            + least
                            + ".");
        }
    }

    /** The same with another time to connect. */
    public StreamLimits withConnectTimeout(Duration timeout) {
        return new StreamLimits(timeout, closeTimeout, inboxBytes, messageBytes);
    }

    /** The same with other memory, bytes. */
    public StreamLimits withMemory(int inbox, int message) {
        return new StreamLimits(connectTimeout, closeTimeout, inbox, message);
    }

    private static void positive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(
                    name + " must be above zero: " + name + "=" + duration + ".");
        }
    }
}
