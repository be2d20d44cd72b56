package io.microstream.binance.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** Names the type of a frame of Binance's market streams by its payload. */
public enum FrameType {
    /** The fills of one taker order at one price, aggregated. */
    AGG_TRADE("aggTrade"),
    /** A single trade between two orders. */
    TRADE("trade"),
    /** A block trade; its ids are a space of their own. */
    BLOCK_TRADE("blockTrade"),
    /**
     * An entry of a stream of single trades that the exchange itself declares to be no trade of the
     * market (field {@code X}); it uses up a trade id.
     */
    NOT_A_TRADE(null),
    /** Changes of the order book between two update ids. */
    DEPTH_UPDATE("depthUpdate"),
    /** The best levels of the order book; also the response of REST's {@code depth}. */
    PARTIAL_DEPTH(null),
    /** The best bid and ask with their quantities. */
    BOOK_TICKER(null),
    /** A bar, still in progress or closed. */
    KLINE("kline"),
    /** The server is about to close the connection. */
    SERVER_SHUTDOWN("serverShutdown"),
    /** The reply to a control message that succeeded. */
    REPLY(null),
    /** The reply to a control message that failed. */
    ERROR(null),
    /** Valid JSON of a type that the parser does not know: to be counted and ignored. */
    UNKNOWN(null),
    /** A frame that is not JSON, or in which a needed field is missing or wrong. */
    MALFORMED(null);

    private static final byte[] BOOK_TICKER_STREAM = "bookTicker".getBytes(US_ASCII);
    private static final byte[] DEPTH_STREAM = "depth".getBytes(US_ASCII);
    private static final byte[] KLINE_STREAM = "kline_".getBytes(US_ASCII);
    private static final FrameType[] EVENTS =
            Arrays.stream(values()).filter(t -> t.event != null).toArray(FrameType[]::new);

    private final byte[] event;

    FrameType(String event) {
        this.event = event == null ? null : event.getBytes(US_ASCII);
    }

    /** Returns the type whose field {@code e} is {@code [from, to)}; {@link #UNKNOWN} if none. */
    static FrameType ofEvent(byte[] ascii, int from, int to) {
        for (FrameType type : EVENTS) {
            if (Arrays.equals(ascii, from, to, type.event, 0, type.event.length)) {
                return type;
            }
        }
        return UNKNOWN;
    }

    /** Returns the type that a stream with this suffix (after the first @) carries. */
    static FrameType ofStream(byte[] ascii, int from, int to) {
        FrameType type = ofEvent(ascii, from, to);
        if (type == AGG_TRADE || type == TRADE || type == BLOCK_TRADE) {
            return type;
        }
        if (Arrays.equals(ascii, from, to, BOOK_TICKER_STREAM, 0, BOOK_TICKER_STREAM.length)) {
            return BOOK_TICKER;
        }
        if (startsWith(ascii, from, to, DEPTH_STREAM)) {
            int next = from + DEPTH_STREAM.length;
            boolean levels = next < to && ascii[next] >= '0' && ascii[next] <= '9';
            return levels ? PARTIAL_DEPTH : DEPTH_UPDATE;
        }
        return startsWith(ascii, from, to, KLINE_STREAM) ? KLINE : UNKNOWN;
    }

    private static boolean startsWith(byte[] ascii, int from, int to, byte[] prefix) {
        return to - from >= prefix.length
                && Arrays.equals(ascii, from, from + prefix.length, prefix, 0, prefix.length);
    }
}
