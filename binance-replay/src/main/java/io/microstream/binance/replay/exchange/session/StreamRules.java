package io.microstream.binance.replay.exchange.session;

import java.util.concurrent.TimeUnit;

/** The documented limits of stream connections, in nanoseconds of exchange time. */
final class StreamRules {

    static final long PING_EVERY = TimeUnit.SECONDS.toNanos(20);
    static final long PONG_WITHIN = TimeUnit.SECONDS.toNanos(60);
    static final long LIFE = TimeUnit.HOURS.toNanos(24);
    static final int MESSAGES = 5;
    static final long MESSAGES_WINDOW = TimeUnit.SECONDS.toNanos(1);
    static final int CONNECTS = 300;
    static final long CONNECTS_WINDOW = TimeUnit.MINUTES.toNanos(5);
    static final int STREAMS = 1_024;
    static final int URL_LENGTH = 8_192;

    static final int GOING_AWAY = 1001;
    static final int POLICY = 1008;

    private StreamRules() {}
}
