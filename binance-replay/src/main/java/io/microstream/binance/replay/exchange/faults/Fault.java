package io.microstream.binance.replay.exchange.faults;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * What can go wrong between an exchange and its client, one case each. A fault that lasts is
 * measured in trades of the streams it concerns: the trades happen and REST has them, the streams
 * do not carry them. The number of trades withheld is therefore the same in every run.
 *
 * <p>A {@link FaultScript} names a case in kebab case and sets its components.
 */
public sealed interface Fault {

    /** The ways in which a connection can end. */
    enum Ending {
        /** A TCP reset without a close frame. */
        RESET(-1),
        /** The peer is gone without a close frame or a reset (FIN only): 1006 at the client. */
        ABRUPT(1006),
        NORMAL(1000),
        GOING_AWAY(1001),
        POLICY(1008),
        SERVICE_RESTART(1012);

        private final int code;

        Ending(int code) {
            this.code = code;
        }

        /** Returns the close code sent; −1 or 1006 where no close frame is sent. */
        public int code() {
            return code;
        }
    }

    /** The part of the streams that a stall silences. */
    enum Scope {
        STREAM,
        STREAM_TYPE,
        CONNECTION
    }

    /** The ways in which a message can be damaged. */
    enum Garbling {
        /** Cut in the middle; the trade is lost. */
        TRUNCATED,
        /** Bytes overwritten; the trade is lost. */
        CORRUPT,
        /** An extra message that is no JSON. */
        NOT_JSON,
        /** An extra message of an unknown event type. */
        UNKNOWN_EVENT,
        /** The trade with an unknown field: still a good trade. */
        UNKNOWN_FIELD,
        /** An extra message of 1 MB. */
        HUGE,
        /** The trade in several WebSocket fragments: still a good trade. */
        FRAGMENTED,
        /** Price and quantity as JSON numbers: still a good trade. */
        NUMBER,
        /** A price in exponent form; the trade is lost. */
        EXPONENT,
        /** A needed field is missing; the trade is lost. */
        MISSING_FIELD,
        /** A needed field is null; the trade is lost. */
        NULL_FIELD;

        /** Returns true if the trade it is done to does not arrive. */
        public boolean losesTrade() {
            return switch (this) {
                case TRUNCATED, CORRUPT, EXPONENT, MISSING_FIELD, NULL_FIELD -> true;
                default -> false;
            };
        }
    }

    /** The ways in which REST can misbehave. */
    enum RestTrouble {
        TOO_MANY_REQUESTS,
        TOO_MANY_REQUESTS_WITHOUT_RETRY_AFTER,
        BANNED,
        FORBIDDEN,
        GEO_BLOCKED,
        SERVER_ERROR,
        UNAVAILABLE,
        /** Ten seconds of silence, then -1007. */
        TIMEOUT,
        TRUNCATED_BODY,
        SLOW_BODY,
        /** Rows start at a higher id than asked. */
        HIGHER_ID,
        /** The newest {@code amount} trades are hidden. */
        DATABASE_LAG,
        /** Depth snapshots lag {@code amount} update ids behind. */
        STALE_DEPTH
    }

    /** The connection that carries the trade's stream ends; {@code lost} trades pass meanwhile. */
    record Disconnect(Ending ending, int lost) implements Fault {}

    /** Silence after {@code lost} trades more are due; pings go on or not. */
    record Stall(Scope scope, boolean pings, int lost) implements Fault {}

    /** From here on, for {@code lost} trades, subscriptions are acknowledged and carry nothing. */
    record AckWithoutData(String streamType, int lost) implements Fault {}

    /** The exchange reads nothing from the connection any more, and sends nothing. */
    record HalfOpen(int lost) implements Fault {}

    /** The stream lags by {@code delay} for {@code rows} trades, then comes in a burst. */
    record Delay(Duration delay, int rows) implements Fault {}

    /** The next {@code rows} messages of different streams of a connection swap places. */
    record Reorder(int rows) implements Fault {}

    /** The message comes {@code times} times more. */
    record RepeatMessage(int times) implements Fault {}

    /** The last {@code rows} trades of the stream come again. */
    record RepeatTail(int rows) implements Fault {}

    /** The connection ends and the new one begins with the last {@code rows} trades again. */
    record RepeatTailAfterDisconnect(Ending ending, int rows) implements Fault {}

    /** {@code rows} trades are left out. */
    record Skip(int rows) implements Fault {}

    /** The message of the next trade is damaged. */
    record Garble(Garbling how) implements Fault {}

    /** {@code serverShutdown}, and the connection ends after {@code lead}. */
    record Shutdown(Duration lead) implements Fault {}

    /** The exchange's clock ({@code E}, serverTime, not trade times) is off, and drifts. */
    record ClockOffset(Duration offset, double driftPpm) implements Fault {}

    /** The symbol's status changes; trading goes on with {@code TRADING}. */
    record Status(String status) implements Fault {}

    /** A new tick size in exchangeInfo, a decimal of at most 8 places. */
    record TickSize(BigDecimal tick) implements Fault {}

    /** Ids restart at 1 with this trade. */
    record IdReset() implements Fault {}

    /** The next {@code requests} calls of {@code path} (a suffix; {@code *} for any) fare badly. */
    record Rest(RestTrouble trouble, String path, int requests, int amount) implements Fault {}
}
