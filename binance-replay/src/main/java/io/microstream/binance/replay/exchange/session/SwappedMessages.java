package io.microstream.binance.replay.exchange.session;

import io.microstream.binance.replay.exchange.faults.Injection;
import java.util.Arrays;

/**
 * The next messages of a connection, neighbours of different streams swapped. Inside a stream the
 * order stays.
 */
final class SwappedMessages {

    private final ClientPort port;
    private final Injection injection;
    private int left;
    private StreamFeed waitingFeed;
    private byte[] waiting;

    SwappedMessages(ClientPort port, Injection injection, int messages) {
        this.port = port;
        this.injection = injection;
        this.left = messages;
    }

    Injection injection() {
        return injection;
    }

    /** Sends a message, or keeps it to be sent after the next. */
    void pass(StreamFeed feed, byte[] utf8, int length) {
        left--;
        if (waiting == null && left > 0) {
            waiting = Arrays.copyOf(utf8, length);
            waitingFeed = feed;
        } else if (waiting != null && waitingFeed == feed && left > 0) {
            flush();
            waiting = Arrays.copyOf(utf8, length);
        } else if (waitingFeed == feed) {
            flush();
            port.text(utf8, 0, length);
        } else {
            port.text(utf8, 0, length);
            flush();
        }
    }

    boolean isOver() {
        return left <= 0;
    }

    /** Sends the message that waits, if any. */
    void flush() {
        if (waiting != null) {
            port.text(waiting, 0, waiting.length);
            waiting = null;
        }
    }
}
